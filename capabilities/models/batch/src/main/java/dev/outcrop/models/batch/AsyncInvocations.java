package dev.outcrop.models.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.jobs.Jobs;
import dev.outcrop.storage.Database;
import dev.outcrop.storage.Idempotency;
import dev.outcrop.storage.Kind;
import dev.outcrop.storage.Listing;
import dev.outcrop.storage.Page;
import dev.outcrop.storage.Resources;
import dev.outcrop.storage.StorageException;
import dev.outcrop.storage.Tags;
import dev.outcrop.wire.RequestContext;
import dev.outcrop.wire.SdkJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.bedrockruntime.model.AsyncInvokeStatus;
import software.amazon.awssdk.services.bedrockruntime.model.AsyncInvokeSummary;
import software.amazon.awssdk.services.bedrockruntime.model.ConflictException;
import software.amazon.awssdk.services.bedrockruntime.model.GetAsyncInvokeRequest;
import software.amazon.awssdk.services.bedrockruntime.model.GetAsyncInvokeResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ListAsyncInvokesRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ListAsyncInvokesResponse;
import software.amazon.awssdk.services.bedrockruntime.model.SortOrder;
import software.amazon.awssdk.services.bedrockruntime.model.StartAsyncInvokeRequest;
import software.amazon.awssdk.services.bedrockruntime.model.StartAsyncInvokeResponse;
import software.amazon.awssdk.services.bedrockruntime.model.Tag;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;
import software.amazon.awssdk.services.s3.S3Client;

/** Bedrock Runtime's operations on asynchronous invocations. */
public final class AsyncInvocations {
  /** The kind of these jobs among the durable ones. */
  static final String KIND = "bedrock-runtime.async-invoke";

  private final Resources<GetAsyncInvokeResponse> invocations;
  private final Jobs jobs;
  private final Idempotency idempotency;
  private final Tags tags;
  private final InstantSource clock;
  private final Predicate<String> known;
  private final S3Client objects;

  AsyncInvocations(
      Database database,
      Jobs jobs,
      Tags tags,
      InstantSource clock,
      Predicate<String> known,
      S3Client objects) {
    this.invocations = store(database, clock);
    this.jobs = jobs;
    this.idempotency = new Idempotency(database, clock);
    this.tags = tags;
    this.clock = clock;
    this.known = known;
    this.objects = objects;
  }

  static Resources<GetAsyncInvokeResponse> store(Database database, InstantSource clock) {
    return new Resources<>(
        database, clock, Kind.of("bedrock-runtime.async-invoke", GetAsyncInvokeResponse::builder));
  }

  /** Keeps the invocation and begins it. */
  public StartAsyncInvokeResponse startAsyncInvoke(StartAsyncInvokeRequest request) {
    try {
      return idempotency.once(
          request.clientRequestToken(),
          request,
          StartAsyncInvokeResponse::builder,
          () -> check(request),
          () -> start(request));
    } catch (StorageException.TokenReused e) {
      throw ConflictException.builder().message(e.getMessage()).build();
    } catch (StorageException.InvalidTag | StorageException.TooManyTags e) {
      throw invalid(e.getMessage());
    }
  }

  private void check(StartAsyncInvokeRequest request) {
    var output = request.outputDataConfig().s3OutputDataConfig();
    if (output == null) {
      throw invalid("outputDataConfig.s3OutputDataConfig is required.");
    }
    if (output.kmsKeyId() != null) {
      throw invalid(
          "outputDataConfig.s3OutputDataConfig.kmsKeyId is not supported: there are no KMS keys"
              + " here. Leave it out.");
    }
    try {
      Bucket.require(objects, output.s3Uri(), output.bucketOwner());
    } catch (IllegalArgumentException e) {
      throw invalid(e.getMessage());
    }
    if (!request.modelInput().isMap()) {
      throw invalid("modelInput must be a JSON object: the body that the model's family has.");
    }
    if (!known.test(request.modelId())) {
      throw invalid("The provided model identifier is invalid: " + request.modelId());
    }
  }

  private StartAsyncInvokeResponse start(StartAsyncInvokeRequest request) {
    String id = Names.newId();
    RequestContext context = RequestContext.current();
    String arn = context.arn("bedrock", Names.INVOCATION.resource() + "/" + id);
    if (request.hasTags()) {
      tags.tag(
          arn,
          request.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value, (a, b) -> b)));
    }
    Instant now = clock.instant();
    String model = request.modelId();
    invocations.create(
        id,
        GetAsyncInvokeResponse.builder()
            .invocationArn(arn)
            .modelArn(
                model.startsWith("arn:")
                    ? model
                    : "arn:aws:bedrock:%s::foundation-model/%s".formatted(context.region(), model))
            .clientRequestToken(request.clientRequestToken())
            .status(AsyncInvokeStatus.IN_PROGRESS)
            .submitTime(now)
            .lastModifiedTime(now)
            .outputDataConfig(request.outputDataConfig())
            .build());
    jobs.submit(KIND, id, payload(request));
    return StartAsyncInvokeResponse.builder().invocationArn(arn).build();
  }

  private static String payload(StartAsyncInvokeRequest request) {
    JsonNode stored =
        Json.read(new String(SdkJson.write(request), StandardCharsets.UTF_8), JsonNode.class);
    return Json.text(new AsyncRun.Task(request.modelId(), stored.get("modelInput")));
  }

  public GetAsyncInvokeResponse getAsyncInvoke(GetAsyncInvokeRequest request) {
    return find(request.invocationArn())
        .orElseThrow(
            () -> invalid("The asynchronous invocation was not found: " + request.invocationArn()));
  }

  private Optional<GetAsyncInvokeResponse> find(String arn) {
    // An ARN of another account or region is another invocation's.
    return invocations
        .find(Names.INVOCATION.id(arn))
        .filter(invocation -> invocation.invocationArn().equals(arn));
  }

  boolean exists(String arn) {
    return find(arn).isPresent();
  }

  /** Newest first, unless asked otherwise. */
  public ListAsyncInvokesResponse listAsyncInvokes(ListAsyncInvokesRequest request) {
    try {
      Page<GetAsyncInvokeResponse> page =
          invocations.list(listing(request), request.maxResults(), request.nextToken());
      return ListAsyncInvokesResponse.builder()
          .asyncInvokeSummaries(page.items().stream().map(AsyncInvocations::summary).toList())
          .nextToken(page.nextToken())
          .build();
    } catch (StorageException.InvalidPageToken e) {
      throw invalid(e.getMessage());
    }
  }

  private static Listing<GetAsyncInvokeResponse> listing(ListAsyncInvokesRequest request) {
    return new Filters(
            request.sortOrder() == SortOrder.ASCENDING,
            request.statusEqualsAsString(),
            request.submitTimeAfter(),
            request.submitTimeBefore())
        .listing(GetAsyncInvokeResponse::statusAsString, GetAsyncInvokeResponse::submitTime);
  }

  private static AsyncInvokeSummary summary(GetAsyncInvokeResponse invocation) {
    return AsyncInvokeSummary.builder()
        .invocationArn(invocation.invocationArn())
        .modelArn(invocation.modelArn())
        .clientRequestToken(invocation.clientRequestToken())
        .status(invocation.statusAsString())
        .failureMessage(invocation.failureMessage())
        .submitTime(invocation.submitTime())
        .lastModifiedTime(invocation.lastModifiedTime())
        .endTime(invocation.endTime())
        .outputDataConfig(invocation.outputDataConfig())
        .build();
  }

  private static ValidationException invalid(String message) {
    return ValidationException.builder().message(message).build();
  }
}
