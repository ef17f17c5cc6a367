package dev.outcrop.models;

import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.ModelsSettings;
import dev.outcrop.models.catalogue.Source;
import dev.outcrop.models.files.ModelFiles;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.LocalClients;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.PromptRouterTrace;
import software.amazon.awssdk.services.s3.S3Client;

/** The operations over scripted models. */
final class ScriptedModels {

  static final String CHAT = "test.echo-v1";
  static final CatalogueEntry ABSENT =
      new CatalogueEntry(
          "test.absent-v1",
          null,
          "Test",
          "scripted",
          ModelEntry.Kind.CHAT,
          Source.parse("hf:test/test/absent.gguf"),
          null,
          0,
          null,
          false,
          Map.of(),
          null,
          null);

  static final String EMBEDDING = "test.letters-v1";
  static final String READER = "test.reader-v1";
  static final String TIERS = "test.tiers-v1";
  static final String IMAGE = "test.squares-v1";
  static final String RERANK = "test.longest-v1";
  static final String THROTTLED = "test.throttled-v1";
  static final String BROKEN = "test.broken-v1";

  /** An application inference profile, and a router that takes the echo. */
  static final String PROFILE =
      "arn:aws:bedrock:us-east-1:000000000000:application-inference-profile/abc";

  static final String ROUTER = "arn:aws:bedrock:us-east-1:000000000000:prompt-router/r";

  /**
   * Documents are their bytes as text; there is one bucket, docs, of objects said by their keys.
   */
  private static final Attachments ATTACHMENTS =
      new Attachments(
          LocalClients.create(S3Client.class, Capabilities.of(new SaidObjects())),
          (name, format, bytes) -> format + ":" + new String(bytes, StandardCharsets.UTF_8));

  static final ModelNames NAMES =
      (identifier, request) ->
          switch (identifier) {
            case PROFILE -> Optional.of(new ModelNames.Named(CHAT, PROFILE, null));
            case ROUTER ->
                Optional.of(
                    new ModelNames.Named(
                        CHAT, null, PromptRouterTrace.builder().invokedModelId(CHAT).build()));
            default -> Optional.empty();
          };

  final ScriptedProvider provider = new ScriptedProvider("scripted");
  final Catalogue catalogue =
      Catalogue.of(
          new ModelsSettings(
              List.of(
                  entry(CHAT, ModelEntry.Kind.CHAT),
                  entry(EMBEDDING, ModelEntry.Kind.EMBEDDING),
                  failing(READER, "reader", List.of()),
                  failing(TIERS, "tiers", List.of()),
                  entry(IMAGE, ModelEntry.Kind.IMAGE),
                  entry(RERANK, ModelEntry.Kind.RERANK),
                  failing(THROTTLED, "throttled", List.of(CHAT)),
                  failing(BROKEN, "broken", List.of(THROTTLED, CHAT)),
                  failing("test.hopeless-v1", "throttled", List.of(THROTTLED)),
                  ABSENT),
              Map.of("us.test.echo-v1:0", CHAT),
              3));
  final Models models =
      new Models(catalogue, new ModelFiles(Path.of("target/no-models")), List.of(provider));
  final Observed observed = new Observed();
  final Inference inference =
      new Inference(
          new Inference.Parts(
              models,
              3,
              List.of(new PlainBodies()),
              List.of(NAMES),
              List.of(observed),
              ATTACHMENTS));
  final TokenCounts tokenCounts =
      new TokenCounts(models, List.of(new PlainBodies()), List.of(NAMES), ATTACHMENTS);
  final FoundationModels foundationModels = new FoundationModels(() -> catalogue);

  private static CatalogueEntry failing(String id, String how, List<String> fallbacks) {
    return new CatalogueEntry(
        id,
        null,
        "Test",
        "scripted",
        ModelEntry.Kind.CHAT,
        null,
        null,
        0,
        null,
        false,
        Map.of("fails", how, "maxOutputTokens", "100"),
        null,
        fallbacks);
  }

  private static CatalogueEntry entry(String id, ModelEntry.Kind kind) {
    return new CatalogueEntry(
        id, null, "Test", "scripted", kind, null, null, 0, null, false, Map.of(), null, null);
  }

  /** Keeps what it is sent. */
  static class Events<E> implements EventSink<E> {
    final List<SdkResponse> heads = new ArrayList<>();
    final List<E> sent = new ArrayList<>();

    @Override
    public void respond(SdkResponse initial) {
      heads.add(initial);
    }

    @Override
    public void send(E event) {
      sent.add(event);
    }
  }
}
