package dev.outcrop.wire.protocol;

import dev.outcrop.operations.Service;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/** AWS-JSON and RPC-v2-CBOR: everything is in the body. */
final class RpcProtocol implements WireProtocol {
  private final BodyFormat format;
  private final boolean cbor;

  /** AWS-JSON of the version that the content type names. */
  RpcProtocol(String contentType) {
    this.format = JacksonFormat.awsJson(contentType);
    this.cbor = false;
  }

  /** RPC-v2-CBOR. */
  RpcProtocol() {
    this.format = JacksonFormat.cbor();
    this.cbor = true;
  }

  @Override
  public BodyFormat format() {
    return format;
  }

  @Override
  public boolean initialEvent() {
    return true;
  }

  @Override
  public SdkPojo read(Binding binding, Incoming incoming) {
    SdkPojo builder = binding.newRequest();
    if (incoming.body() != null) {
      format.read(incoming.body(), builder, binding.request());
    }
    return builder;
  }

  @Override
  public Answer answer(Binding binding, SdkPojo response, String requestId) {
    byte[] body = format.write(response, binding.response(), binding.operation().name());
    return new Answer(binding.operation().status(), headers(), body);
  }

  private Map<String, List<String>> headers() {
    Map<String, List<String>> headers = Answer.headers(format.contentType());
    if (cbor) {
      headers.put("smithy-protocol", List.of("rpc-v2-cbor"));
    }
    return headers;
  }

  @Override
  public Answer error(Service service, Failure failure, String requestId) {
    Map<String, List<String>> headers = headers();
    headers.put("x-amzn-ErrorType", List.of(failure.code()));
    if (service != null && service.queryCompatible()) {
      String fault = failure.sender() ? "Sender" : "Receiver";
      headers.put("x-amzn-query-error", List.of(failure.queryCode() + ";" + fault));
    }
    return new Answer(failure.status(), headers, format.writeError(failure, requestId));
  }
}
