package dev.outcrop.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockagent.model.ConflictException;
import software.amazon.awssdk.services.bedrockagent.model.DeleteKnowledgeBaseRequest;
import software.amazon.awssdk.services.bedrockagent.model.DeleteKnowledgeBaseResponse;
import software.amazon.awssdk.services.bedrockagent.model.GetKnowledgeBaseRequest;
import software.amazon.awssdk.services.bedrockagent.model.GetKnowledgeBaseResponse;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBase;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBaseStatus;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBaseSummary;
import software.amazon.awssdk.services.bedrockagent.model.ListKnowledgeBasesRequest;
import software.amazon.awssdk.services.bedrockagent.model.ListKnowledgeBasesResponse;
import software.amazon.awssdk.services.bedrockagent.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamInput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Small capabilities that really do what they say, for the tests of the layer under them. */
public final class Toys {
  private Toys() {}

  public static Capabilities all() {
    return Capabilities.of(new Echo(), new Bases(), new Objects(), new Metrics(), new Identity());
  }

  /** Says back what it is told. */
  public static final class Echo {
    public final CountDownLatch cancelled = new CountDownLatch(1);

    public ConverseResponse converse(ConverseRequest request) {
      String said = last(request.messages());
      switch (said) {
        case "throttle" -> throw ThrottlingException.builder().message("slow down").build();
        case "model error" ->
            throw ModelErrorException.builder().message("upstream").originalStatusCode(418).build();
        case "bug" -> throw new IllegalStateException("a secret");
        default -> {
          // an answer below
        }
      }
      var answer = Message.builder().role("assistant").content(ContentBlock.fromText(said)).build();
      return ConverseResponse.builder()
          .output(ConverseOutput.fromMessage(answer))
          .stopReason("end_turn")
          .metrics(m -> m.latencyMs(1L))
          .usage(u -> u.inputTokens(1).outputTokens(2).totalTokens(3))
          .build();
    }

    public void converseStream(
        ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
      String said = last(request.messages());
      if (said.equals("refuse")) {
        throw ThrottlingException.builder().message("not now").build();
      }
      events.send(ConverseStreamOutput.messageStartBuilder().role("assistant").build());
      for (String word : said.split(" ")) {
        if (word.equals("break")) {
          throw ThrottlingException.builder().message("enough").build();
        }
        do {
          send(word, events);
        } while (word.equals("forever"));
      }
      events.send(ConverseStreamOutput.messageStopBuilder().stopReason("end_turn").build());
    }

    private static String last(List<Message> messages) {
      boolean empty = messages.isEmpty() || messages.getLast().content().isEmpty();
      String text = empty ? null : messages.getLast().content().getFirst().text();
      return text == null ? "" : text;
    }

    private void send(String word, EventSink<ConverseStreamOutput> events) {
      try {
        events.send(
            ConverseStreamOutput.contentBlockDeltaBuilder()
                .contentBlockIndex(0)
                .delta(ContentBlockDelta.fromText(word))
                .build());
      } catch (ClientGoneException e) {
        cancelled.countDown();
        throw e;
      }
    }

    public InvokeModelResponse invokeModel(InvokeModelRequest request) {
      return InvokeModelResponse.builder()
          .body(request.body())
          .contentType(request.contentType())
          .build();
    }

    public void invokeModelWithBidirectionalStream(
        InvokeModelWithBidirectionalStreamRequest request,
        EventSource<InvokeModelWithBidirectionalStreamInput> in,
        EventSink<InvokeModelWithBidirectionalStreamOutput> out) {
      InvokeModelWithBidirectionalStreamInput event;
      while ((event = in.next()) != null) {
        SdkBytes bytes =
            ((software.amazon.awssdk.services.bedrockruntime.model.BidirectionalInputPayloadPart)
                    event)
                .bytes();
        out.send(InvokeModelWithBidirectionalStreamOutput.chunkBuilder().bytes(bytes).build());
      }
    }
  }

  /** Knowledge bases that come up at the second look. */
  public static final class Bases {
    private int looks;

    public GetKnowledgeBaseResponse getKnowledgeBase(GetKnowledgeBaseRequest request) {
      if (request.knowledgeBaseId().equals("MISSING000")) {
        throw ResourceNotFoundException.builder().message("no such knowledge base").build();
      }
      var status = ++looks > 1 ? KnowledgeBaseStatus.ACTIVE : KnowledgeBaseStatus.CREATING;
      return GetKnowledgeBaseResponse.builder()
          .knowledgeBase(
              KnowledgeBase.builder()
                  .knowledgeBaseId(request.knowledgeBaseId())
                  .status(status)
                  .build())
          .build();
    }

    public ListKnowledgeBasesResponse listKnowledgeBases(ListKnowledgeBasesRequest request) {
      int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
      var page = new ArrayList<KnowledgeBaseSummary>();
      for (int i = from; i < Math.min(from + 2, 5); i++) {
        page.add(KnowledgeBaseSummary.builder().knowledgeBaseId("KB" + i).build());
      }
      return ListKnowledgeBasesResponse.builder()
          .knowledgeBaseSummaries(page)
          .nextToken(from + 2 < 5 ? "" + (from + 2) : null)
          .build();
    }

    public DeleteKnowledgeBaseResponse deleteKnowledgeBase(DeleteKnowledgeBaseRequest request) {
      throw ConflictException.builder().message("in use").build();
    }
  }

  /** Objects in memory. */
  public static final class Objects {
    private record Kept(byte[] bytes, String type, Map<String, String> metadata) {}

    private final Map<String, Kept> objects = new ConcurrentHashMap<>();

    public PutObjectResponse putObject(PutObjectRequest request, InputStream body) {
      try {
        byte[] bytes = body.readAllBytes();
        if (request.contentLength() != null && request.contentLength() != bytes.length) {
          throw new IllegalStateException(request.contentLength() + " is not " + bytes.length);
        }
        objects.put(
            request.bucket() + "/" + request.key(),
            new Kept(bytes, request.contentType(), request.metadata()));
        return PutObjectResponse.builder().eTag("\"" + bytes.length + "\"").build();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Kept find(String bucket, String key) {
      Kept kept = objects.get(bucket + "/" + key);
      if (kept == null) {
        throw NoSuchKeyException.builder().message("The specified key does not exist.").build();
      }
      return kept;
    }

    public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
      Kept kept = find(request.bucket(), request.key());
      byte[] bytes = kept.bytes();
      var response = GetObjectResponse.builder().contentType(kept.type()).metadata(kept.metadata());
      if (request.range() != null) {
        bytes = java.util.Arrays.copyOf(bytes, 2);
        response.contentRange("bytes 0-1/" + kept.bytes().length);
      }
      response.contentLength((long) bytes.length).eTag("\"" + kept.bytes().length + "\"");
      return new ResponseInputStream<>(response.build(), new ByteArrayInputStream(bytes));
    }

    public HeadObjectResponse headObject(HeadObjectRequest request) {
      Kept kept = find(request.bucket(), request.key());
      return HeadObjectResponse.builder()
          .contentLength((long) kept.bytes().length)
          .contentType(kept.type())
          .metadata(kept.metadata())
          .build();
    }

    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
      List<S3Object> contents = new ArrayList<>();
      new TreeMap<>(objects)
          .forEach(
              (name, kept) -> {
                if (name.startsWith(request.bucket() + "/")) {
                  String key = name.substring(request.bucket().length() + 1);
                  contents.add(
                      S3Object.builder().key(key).size((long) kept.bytes().length).build());
                }
              });
      return ListObjectsV2Response.builder()
          .name(request.bucket())
          .contents(contents)
          .keyCount(contents.size())
          .isTruncated(false)
          .build();
    }

    public GetBucketLocationResponse getBucketLocation(GetBucketLocationRequest request) {
      return GetBucketLocationResponse.builder().locationConstraint("eu-west-1").build();
    }
  }

  /** Counts data. */
  public static final class Metrics {
    private double sum;

    public PutMetricDataResponse putMetricData(PutMetricDataRequest request) {
      request.metricData().forEach(datum -> sum += datum.value());
      return PutMetricDataResponse.builder().build();
    }

    public GetMetricStatisticsResponse getMetricStatistics(GetMetricStatisticsRequest request) {
      return GetMetricStatisticsResponse.builder()
          .label(request.metricName())
          .datapoints(d -> d.timestamp(request.startTime()).sum(sum))
          .build();
    }
  }

  /** Who is asking. */
  public static final class Identity {
    public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
      RequestContext context = RequestContext.current();
      return GetCallerIdentityResponse.builder()
          .account(context.account())
          .arn(context.caller())
          .userId(context.region())
          .build();
    }

    public CreateRoleResponse createRole(CreateRoleRequest request) {
      if (request.roleName().equals("taken")) {
        throw EntityAlreadyExistsException.builder().message("taken <&> \"").build();
      }
      return CreateRoleResponse.builder()
          .role(
              Role.builder()
                  .roleName(request.roleName())
                  .assumeRolePolicyDocument(request.assumeRolePolicyDocument())
                  .tags(request.tags())
                  .createDate(java.time.Instant.ofEpochSecond(1_700_000_000))
                  .build())
          .build();
    }
  }
}
