package dev.outcrop.wire;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/** SDK clients as users make them, for an endpoint. */
final class Clients implements AutoCloseable {
  private final URI endpoint;
  private final SdkHttpClient http = Apache5HttpClient.create();
  private final SdkAsyncHttpClient asyncHttp = NettyNioAsyncHttpClient.create();

  Clients(URI endpoint) {
    this.endpoint = endpoint;
  }

  private <B extends AwsClientBuilder<B, T>, T> B common(B builder) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")));
  }

  /** A client that tries once. */
  <B extends AwsSyncClientBuilder<B, T> & AwsClientBuilder<B, T>, T extends AutoCloseable> T sync(
      B builder) {
    common(builder).overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()));
    return builder.httpClient(http).build();
  }

  /** A client that tries again as clients do by default. */
  <B extends AwsSyncClientBuilder<B, T> & AwsClientBuilder<B, T>, T extends AutoCloseable>
      T retrying(B builder) {
    common(builder);
    return builder.httpClient(http).build();
  }

  <B extends AwsAsyncClientBuilder<B, T> & AwsClientBuilder<B, T>, T extends AutoCloseable> T async(
      B builder) {
    common(builder).overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()));
    return builder.httpClient(asyncHttp).build();
  }

  @Override
  public void close() {
    http.close();
    asyncHttp.close();
  }
}
