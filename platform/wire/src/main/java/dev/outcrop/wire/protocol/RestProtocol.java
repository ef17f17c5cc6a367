package dev.outcrop.wire.protocol;

import dev.outcrop.operations.Service;
import dev.outcrop.wire.rest.HeadReader;
import dev.outcrop.wire.rest.HeadWriter;
import dev.outcrop.wire.shape.Member;
import dev.outcrop.wire.shape.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;

/** REST-JSON and REST-XML: members in path, query, headers, status and body. */
final class RestProtocol implements WireProtocol {
  private static final String ERROR_TYPE = "x-amzn-ErrorType";
  private static final String NAMESPACE = ":http://internal.amazon.com/coral/com.amazon.";

  private final BodyFormat format;
  private final boolean json;

  RestProtocol(BodyFormat format, boolean json) {
    this.format = format;
    this.json = json;
  }

  @Override
  public BodyFormat format() {
    return format;
  }

  @Override
  public boolean initialEvent() {
    return false;
  }

  @Override
  public SdkPojo read(Binding binding, Incoming incoming) {
    SdkPojo builder = binding.newRequest();
    Shape shape = binding.request();
    if (shape.heads().length > 0) {
      HeadReader.of(incoming.exchange(), incoming.labels(), binding.fixedQuery())
          .read(builder, shape);
    }
    if (incoming.body() != null) {
      body(incoming.body(), builder, shape);
    }
    return builder;
  }

  private void body(byte[] body, SdkPojo builder, Shape shape) {
    Member payload = shape.payload();
    if (payload == null) {
      if (shape.body().length > 0) {
        format.read(body, builder, shape);
      }
    } else if (body.length > 0) {
      payload.set(builder, payload(body, payload));
    }
  }

  private Object payload(byte[] body, Member payload) {
    return switch (payload.type()) {
      case SDK_BYTES -> SdkBytes.fromByteArrayUnsafe(body);
      case STRING -> new String(body, StandardCharsets.UTF_8);
      default -> format.readPayload(body, payload);
    };
  }

  @Override
  public Answer answer(Binding binding, SdkPojo response, String requestId) {
    Shape shape = binding.response();
    int status = HeadWriter.status(response, shape, binding.operation().status());
    Map<String, List<String>> headers = Answer.headers(null);
    HeadWriter.headers(response, shape, headers);
    if (status == 200 && headers.containsKey("Content-Range")) {
      status = 206;
    }
    if (status == 204 || status == 304) {
      return Answer.empty(status, headers);
    }
    byte[] body = body(binding, response, shape, headers);
    return body == null ? Answer.empty(status, headers) : new Answer(status, headers, body);
  }

  private byte[] body(
      Binding binding, SdkPojo response, Shape shape, Map<String, List<String>> headers) {
    Member payload = shape.payload();
    if (payload != null && !XmlFormat.isUnwrapped(binding.operation())) {
      Object value = payload.get(response);
      return value == null ? null : payload(value, payload, headers);
    }
    if (payload == null && shape.body().length == 0 && (!json || binding.streamsOut())) {
      return null;
    }
    headers.putIfAbsent("Content-Type", List.of(format.contentType()));
    return format.write(response, shape, binding.operation().name());
  }

  private byte[] payload(Object value, Member payload, Map<String, List<String>> headers) {
    return switch (payload.type()) {
      case SDK_BYTES -> {
        headers.putIfAbsent("Content-Type", List.of("application/octet-stream"));
        yield ((SdkBytes) value).asByteArrayUnsafe();
      }
      case STRING -> {
        headers.putIfAbsent("Content-Type", List.of("text/plain"));
        yield ((String) value).getBytes(StandardCharsets.UTF_8);
      }
      default -> {
        headers.putIfAbsent("Content-Type", List.of(format.contentType()));
        yield format.writePayload(value, payload);
      }
    };
  }

  @Override
  public Answer error(Service service, Failure failure, String requestId) {
    Map<String, List<String>> headers = Answer.headers(format.contentType());
    if (failure.members() != null) {
      HeadWriter.headers(failure.members(), Shape.of(failure.members()), headers);
    }
    if (json) {
      String name = service == null ? "outcrop" : service.signingName();
      headers.put(ERROR_TYPE, List.of(failure.code() + NAMESPACE + name + "/"));
    }
    return new Answer(failure.status(), headers, format.writeError(failure, requestId));
  }
}
