package dev.outcrop.conformance.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkException;

/** What the synchronous and asynchronous clients of the Java SDK have in common. */
abstract class JavaClient implements Client {
  final JavaSdk sdk;

  JavaClient(JavaSdk sdk) {
    this.sdk = sdk;
  }

  @Override
  public final boolean lacks(Lack what) {
    return switch (what) {
      case STREAMS -> !streams();
      case PRESIGNED_PUT, HTTP -> !sdk.http();
    };
  }

  abstract boolean streams();

  /** Calls {@code method} of the service's client; {@code body} is null without a streaming one. */
  abstract Object invoke(Service service, String method, Object request, byte[] body)
      throws Exception;

  abstract Iterable<?> paginated(Service service, String method, Object request) throws Exception;

  @Override
  public Answer call(String service, String operation, JsonNode input) {
    return answered(
        () -> {
          Service clients = Service.named(service);
          SdkPojo builder = clients.request(operation);
          boolean putObject = operation.equals("PutObject");
          byte[] body = putObject ? Blobs.given(input.get("Body")) : null;
          JsonNode members = putObject ? without(input, "Body") : input;
          Object request = Pojos.build(builder, members);
          return Answer.of(shown(invoke(clients, method(operation), request, body)));
        });
  }

  private static JsonNode without(JsonNode input, String member) {
    return input.<ObjectNode>deepCopy().without(member);
  }

  private static JsonNode shown(Object response) {
    if (response instanceof ResponseBytes<?> bytes) {
      return Pojos.show((SdkPojo) bytes.response()).set("Body", Blobs.shown(bytes.asByteArray()));
    }
    return Pojos.show((SdkPojo) response);
  }

  @Override
  public Answer pages(String service, String operation, JsonNode input) {
    return answered(
        () -> {
          Service clients = Service.named(service);
          Object request = Pojos.build(clients.request(operation), input);
          ArrayNode pages = Json.MAPPER.createArrayNode();
          for (Object page : paginated(clients, method(operation) + "Paginator", request)) {
            pages.add(Pojos.show((SdkPojo) page));
          }
          return Answer.of(pages);
        });
  }

  @Override
  public Answer stream(String service, String operation, JsonNode input, int leaveAfter) {
    return answered(
        () -> {
          Object request = Pojos.build(Service.named(service).request(operation), input);
          return new Streams(sdk, leaveAfter).read(request);
        });
  }

  @Override
  public Answer upload(String bucket, String key, Path file) {
    return answered(
        () -> {
          sdk.upload(bucket, key, file, streams());
          return Answer.of(Json.object());
        });
  }

  @Override
  public Answer presign(String operation, JsonNode input) {
    return answered(() -> Answer.of(Json.object().put("url", sdk.presign(operation, input))));
  }

  static Object get(Object result) throws InterruptedException, ExecutionException {
    return result instanceof Future<?> future ? future.get() : result;
  }

  private static String method(String operation) {
    return operation.substring(0, 1).toLowerCase(Locale.ROOT) + operation.substring(1);
  }

  /** A call that may fail as calls do. */
  interface Work {
    Answer run() throws Exception;
  }

  private static Answer answered(Work work) {
    try {
      return work.run();
    } catch (Exception e) {
      Throwable cause = e;
      while (cause.getCause() != null
          && (cause instanceof InvocationTargetException
              || cause instanceof ExecutionException
              || cause instanceof CompletionException)) {
        cause = cause.getCause();
      }
      if (cause instanceof SdkException failure) {
        return failed(failure);
      }
      throw new IllegalStateException(cause);
    }
  }

  private static Answer failed(SdkException cause) {
    String type = cause.getClass().getSimpleName();
    int attempts = cause.numAttempts() == null ? 0 : cause.numAttempts();
    Answer.Failure failure = new Answer.Failure(type, cause.getMessage(), false, 0);
    if (cause instanceof AwsServiceException e && e.awsErrorDetails() != null) {
      String code = e.awsErrorDetails().errorCode();
      failure =
          new Answer.Failure(
              code,
              e.awsErrorDetails().errorMessage(),
              type.equals(code) || type.equals(code + "Exception"),
              e.statusCode());
    }
    return new Answer(null, List.of(), failure, attempts);
  }

  @Override
  public void close() {
    sdk.close();
  }
}
