package dev.outcrop.server;

import dev.outcrop.access.Access;
import dev.outcrop.config.Home;
import dev.outcrop.jobs.Jobs;
import dev.outcrop.knowledge.Knowledge;
import dev.outcrop.knowledge.index.Search;
import dev.outcrop.knowledge.parsing.StructuredParser;
import dev.outcrop.metering.Metering;
import dev.outcrop.metering.ModelPermissions;
import dev.outcrop.metering.profiles.InferenceProfiles;
import dev.outcrop.metering.profiles.ResourceTags;
import dev.outcrop.models.Attachments;
import dev.outcrop.models.FoundationModels;
import dev.outcrop.models.Inference;
import dev.outcrop.models.ModelNames;
import dev.outcrop.models.NativeBodies;
import dev.outcrop.models.TokenCounts;
import dev.outcrop.models.anthropic.AnthropicBodies;
import dev.outcrop.models.anthropic.MessagesApi;
import dev.outcrop.models.batch.Batch;
import dev.outcrop.models.bodies.Families;
import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.compatible.OpenAiApi;
import dev.outcrop.models.files.ModelFiles;
import dev.outcrop.models.routing.PromptRouters;
import dev.outcrop.objects.ObjectStore;
import dev.outcrop.operations.OperationIndex;
import dev.outcrop.storage.Database;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.Dispatcher;
import dev.outcrop.wire.HttpHandler;
import dev.outcrop.wire.LocalClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The whole system in this process, over one home folder.
 *
 * <pre>{@code
 * try (Outcrop outcrop = Outcrop.open(Path.of("state"))) {
 *   BedrockRuntimeClient models = outcrop.client(BedrockRuntimeClient.class); // no socket
 * }
 * }</pre>
 */
public final class Outcrop implements AutoCloseable {
  static final String DEFAULT_CHAT_MODEL = "outcrop.smollm2-135m-instruct-v1";

  /** The file of the ledger and the metrics, in a home. */
  static final String METERING = "metering.db";

  /** The file of batch jobs and asynchronous invocations, in a home. */
  private static final String BATCH = "batch.db";

  /** How long a throttled model of a batch job is left alone at first. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  private static final List<NativeBodies> FAMILIES =
      Stream.concat(Stream.of(new AnthropicBodies()), Families.standard().stream()).toList();

  /** How many ingestion jobs run at a time; each embeds with all processors. */
  private static final int JOBS = 2;

  private final Database database;
  private final ObjectStore objects;
  private final InstalledModels models;
  private final Jobs jobs;
  private final Knowledge knowledge;
  private final Batch batch;
  private final Capabilities capabilities;
  private final Access access;
  private final Metering metering;
  private final Observing observing;

  private final Inference inference;
  private final TokenCounts tokenCounts;

  /** Further names of models, asked in order. */
  private final List<ModelNames> names = new ArrayList<>();

  /** Who watches every call of a model; begun and ended in this order. */
  private final List<CallObserver> observers = new ArrayList<>();

  private Outcrop(Path home, Settings settings, Search.Mode ranking, boolean warm)
      throws IOException {
    Files.createDirectories(home);
    BlankHome.into(home);
    InstantSource clock = InstantSource.system();
    // The catalogue and the index of operations are read while the database opens.
    CompletableFuture<InstalledModels> catalogued =
        CompletableFuture.supplyAsync(() -> new InstalledModels(home, settings));
    if (warm) {
      catalogued.thenAccept(InstalledModels::warm);
    }
    CompletableFuture<Metering> metered =
        CompletableFuture.supplyAsync(() -> metering(home, settings, clock));
    CompletableFuture<Database> batches =
        CompletableFuture.supplyAsync(() -> Database.open(home.resolve(BATCH)));
    Thread.ofVirtual().start(OperationIndex::get);
    database = Database.open(home.resolve("outcrop.db"));
    objects = ObjectStore.open(database, home, clock);
    models = joined(catalogued);
    List<Object> own = new ArrayList<>(objects.capabilities());
    access = new Access(settings.keys(), clock);
    metering = joined(metered);
    observers.addAll(metering.observers());
    ModelPermissions permissions = new ModelPermissions(access::mayUse);
    observers.add(permissions);
    observing =
        new Observing(
            home,
            database,
            clock,
            objects.capabilities(),
            settings.traces(),
            metering.logDeliveries());
    observers.addAll(observing.observers());
    own.addAll(observing.capabilities());
    InferenceProfiles profiles = new InferenceProfiles(database, clock, models::catalogue);
    names.add(profiles);
    PromptRouters routers = new PromptRouters(database, clock, models::catalogue, profiles);
    names.add(routers);
    own.addAll(
        List.of(
            profiles,
            routers,
            new ResourceTags(database, List.of(profiles::exists, routers::exists, this::isBatch)),
            metering.metrics()));
    Attachments attachments = attachments(objects.capabilities());
    inference = new Inference(calls(settings, attachments));
    tokenCounts = new TokenCounts(models.models(), FAMILIES, names, attachments, permissions);
    own.addAll(List.of(inference, tokenCounts, new FoundationModels(models::catalogue)));
    Capabilities inner = Capabilities.of(own.toArray());
    jobs = new Jobs(database, clock, JOBS);
    knowledge =
        new Knowledge(
            new Knowledge.Parts(
                database,
                jobs,
                home.resolve("knowledge"),
                clock,
                new StructuredParser(),
                models,
                clients(inner),
                ranking));
    own.addAll(knowledge.capabilities());
    batch =
        new Batch(
            new Batch.Parts(
                joined(batches),
                home.resolve("batch"),
                database,
                clock,
                LocalClients.create(BedrockRuntimeClient.class, inner),
                LocalClients.create(S3Client.class, inner),
                id -> models.catalogue().find(id).isPresent() || profiles.exists(id),
                PAUSE));
    own.addAll(batch.capabilities());
    capabilities = Capabilities.of(own.toArray());
    jobs.start();
    batch.start();
  }

  private boolean isBatch(String arn) {
    return batch.exists(arn);
  }

  private Metering metering(Path home, Settings settings, InstantSource clock) {
    return new Metering(
        home.resolve(METERING),
        clock,
        id -> models.catalogue().find(id),
        settings.metering(),
        settings.budgets());
  }

  private static <T> T joined(CompletableFuture<T> opened) {
    try {
      return opened.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /**
   * Opens the system over a home folder that no other process uses.
   *
   * @param flags settings that win over the environment and the home's {@code outcrop.yaml}
   * @throws dev.outcrop.config.ConfigurationException with everything that is wrong in the settings
   */
  public static Outcrop open(Path home, Map<String, String> flags) throws IOException {
    return open(home, Settings.load(new Home(home), flags), Search.Mode.HYBRID);
  }

  static Outcrop open(Path home, Settings settings, Search.Mode ranking) throws IOException {
    return new Outcrop(home, settings, ranking, false);
  }

  /** Opens it for a command that will embed: its model is loaded beside everything else. */
  static Outcrop openWarm(Path home, Settings settings, Search.Mode ranking) throws IOException {
    return new Outcrop(home, settings, ranking, true);
  }

  private static Knowledge.Clients clients(Capabilities capabilities) {
    return new Knowledge.Clients(
        LocalClients.create(BedrockClient.class, capabilities),
        LocalClients.create(BedrockRuntimeClient.class, capabilities),
        LocalClients.create(BedrockRuntimeAsyncClient.class, capabilities),
        LocalClients.create(S3Client.class, capabilities));
  }

  private static Attachments attachments(List<?> objects) {
    return new Attachments(
        LocalClients.create(S3Client.class, Capabilities.of(objects.toArray())),
        new ParsedText(new StructuredParser()));
  }

  private Inference.Parts calls(Settings settings, Attachments attachments) {
    return new Inference.Parts(
        models.models(), settings.inference().queue(), FAMILIES, names, observers, attachments);
  }

  /**
   * Takes up models, aliases, prices, providers, keys and budgets of a new configuration. Calls
   * under way end with what they began with.
   *
   * @throws IllegalArgumentException when they can't be used; then nothing has changed
   */
  void configure(Settings settings) {
    Runnable change = models.change(settings);
    access.configure(settings.keys());
    change.run();
    metering.configure(settings.metering(), settings.budgets());
  }

  static Shelf shelf(Path home, Settings settings) {
    return new Shelf(
        Catalogue.of(settings.catalogue()),
        new ModelFiles(home.resolve("models")),
        new LlamaFolder(home, settings.llama()));
  }

  /**
   * An SDK client that calls this system without a socket; streaming works by the asynchronous
   * ones.
   */
  public <C extends SdkClient> C client(Class<C> type) {
    return LocalClients.create(type, capabilities);
  }

  /** Shows a folder as a read-only bucket. */
  public void share(String bucket, Path folder) {
    objects.folders().register(bucket, folder);
  }

  /** Answers AWS requests, and those of the APIs that others than AWS have made usual. */
  public HttpHandler handler() {
    return new Apis(
        new Dispatcher(capabilities, access),
        new MessagesApi(inference, tokenCounts, access),
        new OpenAiApi(inference, models::catalogue, database, InstantSource.system(), access));
  }

  Capabilities capabilities() {
    return capabilities;
  }

  Access access() {
    return access;
  }

  Metering metering() {
    return metering;
  }

  /** Ends work in flight, which resumes at the next start, and closes everything. */
  @Override
  public void close() {
    batch.close();
    jobs.close();
    knowledge.close();
    models.close();
    observing.close();
    metering.close();
    database.close();
  }
}
