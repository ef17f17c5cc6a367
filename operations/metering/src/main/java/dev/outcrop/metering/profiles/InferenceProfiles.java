package dev.outcrop.metering.profiles;

import dev.outcrop.models.ModelNames;
import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.storage.Database;
import dev.outcrop.storage.Idempotency;
import dev.outcrop.storage.Kind;
import dev.outcrop.storage.Page;
import dev.outcrop.storage.PageTokens;
import dev.outcrop.storage.Resources;
import dev.outcrop.storage.StorageException;
import dev.outcrop.storage.Tags;
import dev.outcrop.wire.RequestContext;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.bedrock.model.ConflictException;
import software.amazon.awssdk.services.bedrock.model.CreateInferenceProfileRequest;
import software.amazon.awssdk.services.bedrock.model.CreateInferenceProfileResponse;
import software.amazon.awssdk.services.bedrock.model.DeleteInferenceProfileRequest;
import software.amazon.awssdk.services.bedrock.model.DeleteInferenceProfileResponse;
import software.amazon.awssdk.services.bedrock.model.GetInferenceProfileRequest;
import software.amazon.awssdk.services.bedrock.model.GetInferenceProfileResponse;
import software.amazon.awssdk.services.bedrock.model.InferenceProfileSummary;
import software.amazon.awssdk.services.bedrock.model.ListInferenceProfilesRequest;
import software.amazon.awssdk.services.bedrock.model.ListInferenceProfilesResponse;
import software.amazon.awssdk.services.bedrock.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrock.model.Tag;
import software.amazon.awssdk.services.bedrock.model.TooManyTagsException;
import software.amazon.awssdk.services.bedrock.model.ValidationException;

/**
 * Bedrock's operations on inference profiles, and the models that application inference profiles
 * stand for. The ledger keeps the profile's ARN with each call that names it.
 */
public final class InferenceProfiles implements ModelNames {
  static final Kind<InferenceProfileSummary> KIND =
      Kind.named(
          "bedrock.application-inference-profile",
          InferenceProfileSummary::builder,
          InferenceProfileSummary::inferenceProfileName);

  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws(?:-[^:]+)?:bedrock:[a-z0-9-]{1,20}:\\d{12}:application-inference-profile/"
              + "([a-z0-9]{12})");
  private static final String APPLICATION = "APPLICATION";
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int ID_LENGTH = 12;
  private static final int PAGE = 100;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Resources<InferenceProfileSummary> profiles;
  private final Idempotency idempotency;
  private final Tags tags;
  private final PageTokens pages;
  private final InstantSource clock;
  private final Supplier<Catalogue> catalogue;
  private final SystemProfiles system;

  /** Model ids by profile ARN: a profile never changes, and each call through it asks. */
  private final Map<String, String> models = new ConcurrentHashMap<>();

  public InferenceProfiles(Database database, InstantSource clock, Supplier<Catalogue> catalogue) {
    this.profiles = new Resources<>(database, clock, KIND);
    this.idempotency = new Idempotency(database, clock);
    this.tags = new Tags(database);
    this.pages = new PageTokens(database);
    this.clock = clock;
    this.catalogue = catalogue;
    this.system = new SystemProfiles(catalogue);
  }

  @Override
  public Optional<Named> find(String identifier, SdkRequest request) {
    if (!identifier.startsWith("arn:") || !ARN.matcher(identifier).matches()) {
      return Optional.empty();
    }
    String model =
        models.computeIfAbsent(
            identifier,
            arn ->
                stored(arn)
                    .map(profile -> profile.models().getFirst().modelArn())
                    .orElseThrow(() -> gone(arn)));
    return Optional.of(new Named(model, identifier, null));
  }

  private static software.amazon.awssdk.services.bedrockruntime.model.ResourceNotFoundException
      gone(String arn) {
    return software.amazon.awssdk.services.bedrockruntime.model.ResourceNotFoundException.builder()
        .message("The inference profile was not found: " + arn)
        .build();
  }

  /** Whether an ARN is that of an application inference profile that is there; for its tags. */
  public boolean exists(String arn) {
    return ARN.matcher(arn).matches() && stored(arn).isPresent();
  }

  public CreateInferenceProfileResponse createInferenceProfile(
      CreateInferenceProfileRequest request) {
    String model = copied(request.modelSource() == null ? null : request.modelSource().copyFrom());
    try {
      return idempotency.once(
          request.clientRequestToken(),
          request,
          CreateInferenceProfileResponse::builder,
          () -> create(request, model));
    } catch (StorageException.TokenReused e) {
      throw ConflictException.builder().message(e.getMessage()).build();
    } catch (StorageException.InvalidTag e) {
      throw invalid(e.getMessage());
    } catch (StorageException.TooManyTags e) {
      throw TooManyTagsException.builder().message(e.getMessage()).build();
    }
  }

  private CreateInferenceProfileResponse create(
      CreateInferenceProfileRequest request, String model) {
    String id = newId();
    String arn = RequestContext.current().arn("bedrock", "application-inference-profile/" + id);
    Instant now = clock.instant();
    profiles.create(
        id,
        InferenceProfileSummary.builder()
            .inferenceProfileName(request.inferenceProfileName())
            .description(request.description())
            .createdAt(now)
            .updatedAt(now)
            .inferenceProfileArn(arn)
            .models(each -> each.modelArn(model))
            .inferenceProfileId(id)
            .status("ACTIVE")
            .type(APPLICATION)
            .build());
    if (request.hasTags()) {
      tags.tag(
          arn,
          request.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value, (a, b) -> b)));
    }
    return CreateInferenceProfileResponse.builder()
        .inferenceProfileArn(arn)
        .status("ACTIVE")
        .build();
  }

  /** The model ARN that a profile copied from this one names. */
  private String copied(String source) {
    if (source == null) {
      throw invalid("modelSource.copyFrom is required: the ARN of a model or inference profile.");
    }
    if (ARN.matcher(source).matches()
        || !source.startsWith("arn:")
        || catalogue.get().find(source).isEmpty()) {
      throw invalid(
          "modelSource.copyFrom must be the ARN of a foundation model or of a system-defined"
              + " inference profile that is here: "
              + source);
    }
    String id = source.substring(source.indexOf('/') + 1);
    // The name with its area stays where it is a name of its own, which need not be the same model.
    boolean own = catalogue.get().models().containsKey(id);
    return SystemProfiles.modelArn(own ? id : Catalogue.name(source));
  }

  public GetInferenceProfileResponse getInferenceProfile(GetInferenceProfileRequest request) {
    InferenceProfileSummary profile = profile(request.inferenceProfileIdentifier());
    return GetInferenceProfileResponse.builder()
        .inferenceProfileName(profile.inferenceProfileName())
        .description(profile.description())
        .createdAt(profile.createdAt())
        .updatedAt(profile.updatedAt())
        .inferenceProfileArn(profile.inferenceProfileArn())
        .models(profile.models())
        .inferenceProfileId(profile.inferenceProfileId())
        .status(profile.statusAsString())
        .type(profile.typeAsString())
        .build();
  }

  public DeleteInferenceProfileResponse deleteInferenceProfile(
      DeleteInferenceProfileRequest request) {
    InferenceProfileSummary profile = profile(request.inferenceProfileIdentifier());
    if (!APPLICATION.equals(profile.typeAsString())) {
      throw invalid("A system-defined inference profile cannot be deleted.");
    }
    profiles.delete(profile.inferenceProfileId());
    tags.deleteAll(profile.inferenceProfileArn());
    models.remove(profile.inferenceProfileArn());
    return DeleteInferenceProfileResponse.builder().build();
  }

  private InferenceProfileSummary profile(String identifier) {
    return stored(identifier)
        .or(() -> system.find(identifier))
        .orElseThrow(
            () ->
                ResourceNotFoundException.builder()
                    .message("The inference profile was not found: " + identifier)
                    .build());
  }

  private Optional<InferenceProfileSummary> stored(String identifier) {
    Matcher arn = ARN.matcher(identifier);
    Optional<InferenceProfileSummary> found =
        profiles.find(arn.matches() ? arn.group(1) : identifier);
    // An ARN of another account or region is another profile's.
    return found.filter(p -> !arn.matches() || p.inferenceProfileArn().equals(identifier));
  }

  public ListInferenceProfilesResponse listInferenceProfiles(ListInferenceProfilesRequest request) {
    String type = request.typeEqualsAsString();
    String purpose = "ListInferenceProfiles " + RequestContext.current().arn("bedrock", "" + type);
    String after = "";
    if (request.nextToken() != null) {
      try {
        after = pages.open(purpose, request.nextToken()).getFirst();
      } catch (StorageException.InvalidPageToken e) {
        throw invalid(e.getMessage());
      }
    }
    int most = request.maxResults() == null ? PAGE : request.maxResults();
    List<InferenceProfileSummary> page = new ArrayList<>();
    String next = null;
    for (InferenceProfileSummary each : all()) {
      if (position(each).compareTo(after) > 0
          && (type == null || type.equals(each.typeAsString()))) {
        if (page.size() == most) {
          next = pages.seal(purpose, List.of(position(page.getLast())));
          break;
        }
        page.add(each);
      }
    }
    return ListInferenceProfilesResponse.builder()
        .inferenceProfileSummaries(page)
        .nextToken(next)
        .build();
  }

  /** System-defined ones by id, then applications' in the order in which they were made. */
  private List<InferenceProfileSummary> all() {
    List<InferenceProfileSummary> all = new ArrayList<>(system.all());
    String next = null;
    do {
      Page<InferenceProfileSummary> page = profiles.list("", null, next);
      all.addAll(page.items());
      next = page.nextToken();
    } while (next != null);
    return all;
  }

  private static String position(InferenceProfileSummary profile) {
    return APPLICATION.equals(profile.typeAsString())
        ? "b%016x %s".formatted(profile.createdAt().toEpochMilli(), profile.inferenceProfileId())
        : "a" + profile.inferenceProfileId();
  }

  private static String newId() {
    StringBuilder id = new StringBuilder(ID_LENGTH);
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return id.toString();
  }

  private static ValidationException invalid(String message) {
    return ValidationException.builder().message(message).build();
  }
}
