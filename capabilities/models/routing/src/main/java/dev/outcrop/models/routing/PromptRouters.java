package dev.outcrop.models.routing;

import dev.outcrop.models.ModelNames;
import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.storage.Database;
import dev.outcrop.storage.Idempotency;
import dev.outcrop.storage.PageTokens;
import dev.outcrop.storage.StorageException;
import dev.outcrop.storage.Tags;
import dev.outcrop.wire.RequestContext;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.bedrock.model.ConflictException;
import software.amazon.awssdk.services.bedrock.model.CreatePromptRouterRequest;
import software.amazon.awssdk.services.bedrock.model.CreatePromptRouterResponse;
import software.amazon.awssdk.services.bedrock.model.DeletePromptRouterRequest;
import software.amazon.awssdk.services.bedrock.model.DeletePromptRouterResponse;
import software.amazon.awssdk.services.bedrock.model.GetPromptRouterRequest;
import software.amazon.awssdk.services.bedrock.model.GetPromptRouterResponse;
import software.amazon.awssdk.services.bedrock.model.ListPromptRoutersRequest;
import software.amazon.awssdk.services.bedrock.model.ListPromptRoutersResponse;
import software.amazon.awssdk.services.bedrock.model.PromptRouterSummary;
import software.amazon.awssdk.services.bedrock.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrock.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.bedrock.model.Tag;
import software.amazon.awssdk.services.bedrock.model.TooManyTagsException;

/**
 * Bedrock's operations on prompt routers, and the models that each request to one goes to. A router
 * has two models of a family. Its ARN as {@code modelId} stands for the cheaper one, unless the
 * prompt is predicted to be too hard for it; the answer's trace says which.
 */
public final class PromptRouters implements ModelNames {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int ID_LENGTH = 12;
  private static final int PAGE = 100;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Database database;
  private final Routers routers;
  private final Choice choice;
  private final RouterRules rules;
  private final Idempotency idempotency;
  private final Tags tags;
  private final PageTokens pages;
  private final InstantSource clock;

  /**
   * @param catalogue the models that there are at the moment
   * @param profiles knows application inference profiles, which routers can name
   */
  public PromptRouters(
      Database database, InstantSource clock, Supplier<Catalogue> catalogue, ModelNames profiles) {
    this.database = database;
    this.routers = new Routers(database, clock, catalogue);
    this.choice = new Choice(catalogue, profiles);
    this.rules = new RouterRules(choice);
    this.idempotency = new Idempotency(database, clock);
    this.tags = new Tags(database);
    this.pages = new PageTokens(database);
    this.clock = clock;
  }

  @Override
  public Optional<Named> find(String identifier, SdkRequest request) {
    if (!Routers.isArn(identifier)) {
      return Optional.empty();
    }
    PromptRouterSummary router =
        routers
            .find(identifier)
            .orElseThrow(
                () ->
                    software.amazon.awssdk.services.bedrockruntime.model.ResourceNotFoundException
                        .builder()
                        .message("The prompt router was not found: " + identifier)
                        .build());
    return Optional.of(choice.model(router, request));
  }

  /** Whether an ARN is that of a router that is there and can have tags. */
  public boolean exists(String arn) {
    return routers.find(arn).isPresent();
  }

  public CreatePromptRouterResponse createPromptRouter(CreatePromptRouterRequest request) {
    try {
      return idempotency.once(
          request.clientRequestToken(),
          request,
          CreatePromptRouterResponse::builder,
          () -> rules.check(request),
          () -> create(request));
    } catch (StorageException.TokenReused | StorageException.AlreadyExists e) {
      throw ConflictException.builder().message(e.getMessage()).build();
    } catch (StorageException.InvalidTag e) {
      throw RouterRules.invalid(e.getMessage());
    } catch (StorageException.TooManyTags e) {
      throw TooManyTagsException.builder().message(e.getMessage()).build();
    }
  }

  private CreatePromptRouterResponse create(CreatePromptRouterRequest request) {
    if (routers.count() >= Routers.MOST) {
      throw ServiceQuotaExceededException.builder()
          .message(
              "There are " + Routers.MOST + " prompt routers, which is the most: delete one first.")
          .build();
    }
    String arn = RequestContext.current().arn("bedrock", "prompt-router/" + newId());
    Instant now = clock.instant();
    routers.create(
        PromptRouterSummary.builder()
            .promptRouterName(request.promptRouterName())
            .routingCriteria(request.routingCriteria())
            .description(request.description())
            .createdAt(now)
            .updatedAt(now)
            .promptRouterArn(arn)
            .models(request.models())
            .fallbackModel(request.fallbackModel())
            .status("AVAILABLE")
            .type(Routers.CUSTOM)
            .build());
    if (request.hasTags()) {
      tags.tag(
          arn,
          request.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value, (a, b) -> b)));
    }
    return CreatePromptRouterResponse.builder().promptRouterArn(arn).build();
  }

  private static String newId() {
    StringBuilder id = new StringBuilder(ID_LENGTH);
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return id.toString();
  }

  public GetPromptRouterResponse getPromptRouter(GetPromptRouterRequest request) {
    PromptRouterSummary router = router(request.promptRouterArn());
    return GetPromptRouterResponse.builder()
        .promptRouterName(router.promptRouterName())
        .routingCriteria(router.routingCriteria())
        .description(router.description())
        .createdAt(router.createdAt())
        .updatedAt(router.updatedAt())
        .promptRouterArn(router.promptRouterArn())
        .models(router.models())
        .fallbackModel(router.fallbackModel())
        .status(router.statusAsString())
        .type(router.typeAsString())
        .build();
  }

  public DeletePromptRouterResponse deletePromptRouter(DeletePromptRouterRequest request) {
    PromptRouterSummary router = router(request.promptRouterArn());
    if (!Routers.CUSTOM.equals(router.typeAsString())) {
      throw RouterRules.invalid("A default prompt router cannot be deleted.");
    }
    database.write(
        sql -> {
          routers.delete(router);
          tags.deleteAll(router.promptRouterArn());
          return null;
        });
    return DeletePromptRouterResponse.builder().build();
  }

  private PromptRouterSummary router(String arn) {
    return routers
        .find(arn)
        .orElseThrow(
            () ->
                ResourceNotFoundException.builder()
                    .message("The prompt router was not found: " + arn)
                    .build());
  }

  public ListPromptRoutersResponse listPromptRouters(ListPromptRoutersRequest request) {
    String type = request.typeAsString();
    String purpose = "ListPromptRouters " + RequestContext.current().arn("bedrock", "" + type);
    String after = request.nextToken() == null ? "" : opened(purpose, request.nextToken());
    int most = request.maxResults() == null ? PAGE : request.maxResults();
    List<PromptRouterSummary> page = new ArrayList<>();
    String next = null;
    for (PromptRouterSummary each : routers.all()) {
      if (Routers.position(each).compareTo(after) > 0
          && (type == null || type.equals(each.typeAsString()))) {
        if (page.size() == most) {
          next = pages.seal(purpose, List.of(Routers.position(page.getLast())));
          break;
        }
        page.add(each);
      }
    }
    return ListPromptRoutersResponse.builder().promptRouterSummaries(page).nextToken(next).build();
  }

  private String opened(String purpose, String token) {
    try {
      return pages.open(purpose, token).getFirst();
    } catch (StorageException.InvalidPageToken e) {
      throw RouterRules.invalid(e.getMessage());
    }
  }
}
