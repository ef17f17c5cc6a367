package dev.outcrop.protocoltests.hostile;

import dev.outcrop.operations.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/** Requests as the SDK's own clients write and sign them; none of them is sent. */
final class Marshaller implements SdkHttpClient {
  private final Map<String, Object> clients = new HashMap<>();
  private Message captured;

  /**
   * The request, or null where the SDK has no blocking method for the operation (event streams) or
   * refuses the request itself.
   */
  Message marshal(Operation operation, Object request) throws ReflectiveOperationException {
    Object client = clients.get(operation.service());
    if (client == null && !clients.containsKey(operation.service())) {
      client = client(operation);
      clients.put(operation.service(), client);
    }
    Method method = client == null ? null : method(client, operation);
    captured = null;
    if (method != null) {
      try {
        method.invoke(client, arguments(method, request));
      } catch (InvocationTargetException e) {
        // Always: the request was captured and nothing came back.
      }
    }
    return captured;
  }

  private static Object[] arguments(Method method, Object request) {
    Object[] arguments = new Object[method.getParameterCount()];
    arguments[0] = request;
    for (int i = 1; i < arguments.length; i++) {
      arguments[i] =
          method.getParameterTypes()[i] == RequestBody.class
              ? RequestBody.fromString("the body")
              : ResponseTransformer.toBytes();
    }
    return arguments;
  }

  private static Method method(Object client, Operation operation) {
    int parameters =
        switch (operation.streaming()) {
          case BLOB_IN, BLOB_OUT -> 2;
          case BLOB_BOTH -> 3;
          default -> 1;
        };
    for (Class<?> type : client.getClass().getInterfaces()) {
      for (Method method : type.getMethods()) {
        if (method.getName().equalsIgnoreCase(operation.name())
            && method.getParameterCount() == parameters
            && method.getParameterTypes()[0].getName().equals(operation.requestClass())
            && (parameters == 1 || method.getParameterTypes()[1] != java.nio.file.Path.class)) {
          return method;
        }
      }
    }
    return null;
  }

  // The base classes of a service's requests and its clients are named alike.
  private Object client(Operation operation) throws ReflectiveOperationException {
    String request = Class.forName(operation.requestClass()).getSuperclass().getName();
    String name = request.substring(0, request.length() - "Request".length());
    Class<?> type;
    try {
      type = Class.forName(name.replace(".model.", ".") + "Client");
    } catch (ClassNotFoundException e) {
      return null; // Transcribe's streams have an asynchronous client only
    }
    Object builder = type.getMethod("builder").invoke(null);
    ((AwsSyncClientBuilder<?, ?>) builder).httpClient(this);
    return ((AwsClientBuilder<?, ?>) builder)
        .endpointOverride(URI.create("http://localhost:4566"))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")))
        .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        captured = message(request);
        throw new IOException("captured");
      }

      @Override
      public void abort() {}
    };
  }

  private static Message message(HttpExecuteRequest request) throws IOException {
    SdkHttpRequest head = request.httpRequest();
    Map<String, String> headers = new TreeMap<>();
    head.headers()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    headers.keySet().removeAll(Set.of("content-length", "expect", "connection"));
    headers.put("host", head.host() + ":" + head.port());
    byte[] body = {};
    if (request.contentStreamProvider().isPresent()) {
      try (InputStream in = request.contentStreamProvider().get().newStream()) {
        body = in.readAllBytes();
      }
    }
    String query = head.encodedQueryParameters().map(q -> "?" + q).orElse("");
    String path = head.encodedPath().isEmpty() ? "/" : head.encodedPath();
    return new Message(head.method().name(), path + query, headers, body);
  }

  @Override
  public void close() {}
}
