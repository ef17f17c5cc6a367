package dev.outcrop.models.routing;

import dev.outcrop.metering.profiles.InferenceProfiles;
import dev.outcrop.metering.profiles.ResourceTags;
import dev.outcrop.models.Attachments;
import dev.outcrop.models.Inference;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.ModelNames;
import dev.outcrop.models.Models;
import dev.outcrop.models.TokenCounts;
import dev.outcrop.models.bodies.Families;
import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.ModelsSettings;
import dev.outcrop.models.files.ModelFiles;
import dev.outcrop.storage.Database;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.LocalClients;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** Models of three families that say their names, and everything that routes between them. */
final class RoutingFixture implements AutoCloseable {
  static final String MODEL = "arn:aws:bedrock:us-east-1::foundation-model/";
  static final String LITE = MODEL + "amazon.nova-lite-v1:0";
  static final String PRO = MODEL + "amazon.nova-pro-v1:0";

  /** What a small model answers as well as a large one. */
  static final String EASY = "What is the capital of France?";

  static final String HARD =
      "A train leaves at 3 pm at 60 km/h; another leaves 45 minutes later at 80 km/h from the same"
          + " station. When does the second catch up, and how far from the station?";

  final Database database;
  final List<ModelCall> calls = new ArrayList<>();
  final PromptRouters routers;
  final BedrockClient bedrock;
  final BedrockRuntimeClient runtime;
  final BedrockRuntimeAsyncClient streams;
  private final Models models;

  RoutingFixture(Path folder, InstantSource clock) {
    this(folder, clock, novas());
  }

  RoutingFixture(Path folder, InstantSource clock, ModelsSettings settings) {
    database = Database.open(folder.resolve("outcrop.db"));
    Catalogue catalogue = Catalogue.of(settings);
    models =
        new Models(
            catalogue, new ModelFiles(folder.resolve("none")), List.of(new NamedModels("named")));
    InferenceProfiles profiles = new InferenceProfiles(database, clock, models::catalogue);
    routers = new PromptRouters(database, clock, models::catalogue, profiles);
    List<ModelNames> names = List.of(profiles, routers);
    CallObserver observer =
        call -> {
          calls.add(call);
          return CallObserver.Watch.NONE;
        };
    Inference inference =
        new Inference(
            new Inference.Parts(
                models, 4, Families.standard(), names, List.of(observer), Attachments.NONE));
    Capabilities capabilities =
        Capabilities.of(
            routers,
            profiles,
            new ResourceTags(database, List.of(profiles::exists, routers::exists)),
            inference,
            new TokenCounts(models, Families.standard(), names));
    bedrock = LocalClients.create(BedrockClient.class, capabilities);
    runtime = LocalClients.create(BedrockRuntimeClient.class, capabilities);
    streams = LocalClients.create(BedrockRuntimeAsyncClient.class, capabilities);
  }

  static ModelsSettings novas() {
    return new ModelsSettings(
        List.of(entry("small"), entry("large"), entry("other"), embedding()),
        Map.of(
            "amazon.nova-lite-v1:0", "small",
            "amazon.nova-pro-v1:0", "large",
            "meta.llama3-1-8b-instruct-v1:0", "other",
            "amazon.nova-embed-v1:0", "embedder"),
        4);
  }

  static CatalogueEntry entry(String id) {
    return entry(id, ModelEntry.Kind.CHAT);
  }

  private static CatalogueEntry embedding() {
    return entry("embedder", ModelEntry.Kind.EMBEDDING);
  }

  private static CatalogueEntry entry(String id, ModelEntry.Kind kind) {
    return new CatalogueEntry(
        id, null, "Test", "named", kind, null, null, 0, null, false, Map.of(), null, null);
  }

  /** A router between Lite and Pro. */
  String router(String name, String fallback, double difference) {
    return bedrock
        .createPromptRouter(
            c ->
                c.promptRouterName(name)
                    .models(m -> m.modelArn(LITE), m -> m.modelArn(PRO))
                    .fallbackModel(m -> m.modelArn(fallback))
                    .routingCriteria(r -> r.responseQualityDifference(difference)))
        .promptRouterArn();
  }

  @Override
  public void close() {
    models.close();
    database.close();
  }
}
