package dev.outcrop.conformance.clients;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;

/** The Java SDK's asynchronous clients. */
final class JavaAsyncClient extends JavaClient {

  JavaAsyncClient(JavaSdk sdk) {
    super(sdk);
  }

  @Override
  boolean streams() {
    return true;
  }

  @Override
  Object invoke(Service service, String method, Object request, byte[] body) throws Exception {
    Class<? extends SdkClient> type = service.async();
    SdkClient client = sdk.client(type);
    if (body != null) {
      return get(
          type.getMethod(method, request.getClass(), AsyncRequestBody.class)
              .invoke(client, request, AsyncRequestBody.fromBytes(body)));
    }
    if (method.equals("getObject")) {
      return get(
          type.getMethod(method, request.getClass(), AsyncResponseTransformer.class)
              .invoke(client, request, AsyncResponseTransformer.toBytes()));
    }
    return get(type.getMethod(method, request.getClass()).invoke(client, request));
  }

  @Override
  Iterable<?> paginated(Service service, String method, Object request) throws Exception {
    SdkPublisher<?> publisher =
        (SdkPublisher<?>)
            service
                .async()
                .getMethod(method, request.getClass())
                .invoke(sdk.client(service.async()), request);
    List<Object> pages = new ArrayList<>();
    publisher.subscribe(pages::add).get();
    return pages;
  }
}
