package dev.outcrop.knowledge;

import static dev.outcrop.knowledge.KnowledgeErrors.stored;

import dev.outcrop.jobs.JobHandler;
import dev.outcrop.jobs.Jobs;
import dev.outcrop.knowledge.index.Indexes;
import dev.outcrop.storage.Ids;
import dev.outcrop.storage.Page;
import java.time.Instant;
import software.amazon.awssdk.services.bedrockagent.model.*;

/**
 * Knowledge bases: CREATING until their index is there, then ACTIVE; DELETING until index and
 * documents are gone.
 */
public final class KnowledgeBases {
  static final String CREATE = "knowledge.create-base";
  static final String DELETE = "knowledge.delete-base";

  private static final int MOST_BASES = 100;

  private final KnowledgeStore store;
  private final Indexes indexes;
  private final EmbeddingModels models;
  private final Jobs jobs;

  KnowledgeBases(KnowledgeStore store, Indexes indexes, EmbeddingModels models, Jobs jobs) {
    this.store = store;
    this.indexes = indexes;
    this.models = models;
    this.jobs = jobs;
    JobHandler create = context -> create(context.payload());
    JobHandler delete = context -> delete(context.payload());
    jobs.register(CREATE, create);
    jobs.register(DELETE, delete);
  }

  public CreateKnowledgeBaseResponse createKnowledgeBase(CreateKnowledgeBaseRequest request) {
    SupportedFields.check(request, KnowledgeErrors::invalid);
    models.check(request.knowledgeBaseConfiguration());
    return stored(
        () ->
            store
                .idempotency()
                .once(
                    request.clientToken(),
                    request,
                    CreateKnowledgeBaseResponse::builder,
                    () -> create(request)));
  }

  private CreateKnowledgeBaseResponse create(CreateKnowledgeBaseRequest request) {
    if (store.bases().count("") >= MOST_BASES) {
      throw KnowledgeErrors.quota(
          "You have reached the maximum of " + MOST_BASES + " knowledge bases per account.");
    }
    String id = Ids.alphanumeric10();
    Instant now = store.clock().instant();
    KnowledgeBase base =
        KnowledgeBase.builder()
            .knowledgeBaseId(id)
            .knowledgeBaseArn(KnowledgeStore.arn(id))
            .name(request.name())
            .description(request.description())
            .roleArn(request.roleArn())
            .knowledgeBaseConfiguration(request.knowledgeBaseConfiguration())
            .status(KnowledgeBaseStatus.CREATING)
            .createdAt(now)
            .updatedAt(now)
            .build();
    store.bases().create(id, base);
    if (request.hasTags()) {
      store.tags().tag(base.knowledgeBaseArn(), request.tags());
    }
    jobs.submit(CREATE, id, id);
    return CreateKnowledgeBaseResponse.builder().knowledgeBase(base).build();
  }

  private void create(String id) {
    if (store.bases().find(id).isPresent()) {
      indexes.of(id);
      store
          .bases()
          .update(
              id,
              b ->
                  b.status() == KnowledgeBaseStatus.CREATING
                      ? b.toBuilder().status(KnowledgeBaseStatus.ACTIVE).build()
                      : b);
    }
  }

  public GetKnowledgeBaseResponse getKnowledgeBase(GetKnowledgeBaseRequest request) {
    KnowledgeBase base = store.base(request.knowledgeBaseId());
    return GetKnowledgeBaseResponse.builder().knowledgeBase(base).build();
  }

  public ListKnowledgeBasesResponse listKnowledgeBases(ListKnowledgeBasesRequest request) {
    Page<KnowledgeBase> page =
        stored(() -> store.bases().list("", request.maxResults(), request.nextToken()));
    return ListKnowledgeBasesResponse.builder()
        .knowledgeBaseSummaries(page.items().stream().map(KnowledgeBases::summary).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static KnowledgeBaseSummary summary(KnowledgeBase base) {
    return KnowledgeBaseSummary.builder()
        .knowledgeBaseId(base.knowledgeBaseId())
        .name(base.name())
        .description(base.description())
        .status(base.status())
        .updatedAt(base.updatedAt())
        .build();
  }

  public UpdateKnowledgeBaseResponse updateKnowledgeBase(UpdateKnowledgeBaseRequest request) {
    SupportedFields.check(request, KnowledgeErrors::invalid);
    KnowledgeBase updated =
        stored(
            () ->
                store
                    .bases()
                    .update(request.knowledgeBaseId(), base -> updated(base, request))
                    .orElseThrow(() -> KnowledgeErrors.noBase(request.knowledgeBaseId())));
    return UpdateKnowledgeBaseResponse.builder().knowledgeBase(updated).build();
  }

  private KnowledgeBase updated(KnowledgeBase base, UpdateKnowledgeBaseRequest request) {
    if (base.status() == KnowledgeBaseStatus.DELETING) {
      throw KnowledgeErrors.conflict("Knowledge base " + base.knowledgeBaseId() + " is DELETING.");
    }
    if (!base.knowledgeBaseConfiguration().equals(request.knowledgeBaseConfiguration())) {
      throw KnowledgeErrors.invalid(
          "knowledgeBaseConfiguration can't be changed after the knowledge base was created.");
    }
    return base.toBuilder()
        .name(request.name())
        .description(request.description())
        .roleArn(request.roleArn())
        .updatedAt(store.clock().instant())
        .build();
  }

  public DeleteKnowledgeBaseResponse deleteKnowledgeBase(DeleteKnowledgeBaseRequest request) {
    String id = request.knowledgeBaseId();
    store
        .database()
        .write(
            sql -> {
              store.base(id);
              store
                  .sources()
                  .list(id, 1000, null)
                  .items()
                  .forEach(s -> DataSources.requireIdle(store, s));
              store
                  .bases()
                  .update(id, b -> b.toBuilder().status(KnowledgeBaseStatus.DELETING).build());
              return jobs.submit(DELETE, id, id);
            });
    return DeleteKnowledgeBaseResponse.builder()
        .knowledgeBaseId(id)
        .status(KnowledgeBaseStatus.DELETING)
        .build();
  }

  private void delete(String id) {
    indexes.delete(id);
    store
        .database()
        .write(
            sql -> {
              for (DataSource source : store.sources().list(id, 1000, null).items()) {
                DataSources.forget(store, source);
              }
              store.tags().deleteAll(KnowledgeStore.arn(id));
              return store.bases().delete(id);
            });
  }
}
