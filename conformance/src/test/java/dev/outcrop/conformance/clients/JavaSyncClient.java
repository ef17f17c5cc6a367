package dev.outcrop.conformance.clients;

import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;

/** The Java SDK's synchronous clients. */
final class JavaSyncClient extends JavaClient {

  JavaSyncClient(JavaSdk sdk) {
    super(sdk);
  }

  @Override
  boolean streams() {
    return false;
  }

  @Override
  Object invoke(Service service, String method, Object request, byte[] body) throws Exception {
    Class<? extends SdkClient> type = service.sync();
    SdkClient client = sdk.client(type);
    if (body != null) {
      return type.getMethod(method, request.getClass(), RequestBody.class)
          .invoke(client, request, RequestBody.fromBytes(body));
    }
    if (method.equals("getObject")) {
      return type.getMethod(method, request.getClass(), ResponseTransformer.class)
          .invoke(client, request, ResponseTransformer.toBytes());
    }
    return type.getMethod(method, request.getClass()).invoke(client, request);
  }

  @Override
  Iterable<?> paginated(Service service, String method, Object request) throws Exception {
    return (Iterable<?>)
        service
            .sync()
            .getMethod(method, request.getClass())
            .invoke(sdk.client(service.sync()), request);
  }
}
