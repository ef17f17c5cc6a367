package dev.outcrop.wire.roundtrip;

import dev.outcrop.operations.Operation;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Arrays;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkAsyncClientBuilder;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/** The SDK's own clients of a service, found by the names of its classes. */
final class SdkClients {
  private SdkClients() {}

  /** Whether the service has a synchronous client; Transcribe's streams have none. */
  static boolean hasSync(Operation operation) {
    return !operation.service().equals("transcribe-streaming");
  }

  static Object sync(Operation operation, Loopback http) throws ReflectiveOperationException {
    Object builder = builder(operation, "Client");
    ((AwsSyncClientBuilder<?, ?>) builder).httpClient(http);
    return build(builder);
  }

  static Object async(Operation operation, Loopback http) throws ReflectiveOperationException {
    Object builder = builder(operation, "AsyncClient");
    ((SdkAsyncClientBuilder<?, ?>) builder).httpClient(http.async());
    return build(builder);
  }

  // The base classes of a service's requests and its clients are named alike.
  private static Object builder(Operation operation, String kind)
      throws ReflectiveOperationException {
    String request = Class.forName(operation.requestClass()).getSuperclass().getName();
    String name = request.substring(0, request.length() - "Request".length());
    Class<?> client = Class.forName(name.replace(".model.", ".") + kind);
    Object builder = client.getMethod("builder").invoke(null);
    Method pathStyle = find(builder.getClass(), "forcePathStyle");
    if (pathStyle != null) {
      pathStyle.setAccessible(true);
      pathStyle.invoke(builder, true);
    }
    return builder;
  }

  private static Object build(Object builder) {
    AwsClientBuilder<?, ?> common = (AwsClientBuilder<?, ?>) builder;
    common.endpointOverride(URI.create("http://localhost:4566"));
    common.region(Region.US_EAST_1);
    common.credentialsProvider(
        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")));
    common.overrideConfiguration(
        o ->
            o.retryStrategy(DefaultRetryStrategy.doNotRetry())
                .addExecutionInterceptor(new ExecutionInterceptor() {}));
    return common.build();
  }

  private static Method find(Class<?> type, String name) {
    return Arrays.stream(type.getMethods())
        .filter(m -> m.getName().equals(name) && !m.isBridge())
        .findFirst()
        .orElse(null);
  }

  /** The method of a client for an operation that takes these further parameters. */
  static Method method(Class<?> client, Operation operation, Class<?>... further) {
    return Arrays.stream(client.getInterfaces())
        .flatMap(type -> Arrays.stream(type.getMethods()))
        .filter(m -> m.getName().equalsIgnoreCase(operation.name()))
        .filter(m -> fits(m, operation, further))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(client + " has no " + operation.name()));
  }

  private static boolean fits(Method method, Operation operation, Class<?>... further) {
    Class<?>[] parameters = method.getParameterTypes();
    if (parameters.length != further.length + 1
        || !parameters[0].getName().equals(operation.requestClass())) {
      return false;
    }
    for (int i = 0; i < further.length; i++) {
      if (!further[i].isAssignableFrom(parameters[i + 1])) {
        return false;
      }
    }
    return true;
  }
}
