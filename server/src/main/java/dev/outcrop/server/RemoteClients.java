package dev.outcrop.server;

import dev.outcrop.access.Access;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;

/** Ordinary SDK clients that talk to a home's running server, and prove that they are its own. */
final class RemoteClients {
  private RemoteClients() {}

  static <C extends SdkClient> C create(Class<C> type, HomeLock.Address server) {
    return create(type, Access.OWN, server);
  }

  /**
   * @param accessKeyId whose secret is the address's token
   */
  static <C extends SdkClient> C create(
      Class<C> type, String accessKeyId, HomeLock.Address server) {
    try {
      AwsClientBuilder<?, ?> builder =
          (AwsClientBuilder<?, ?>) type.getMethod("builder").invoke(null);
      builder
          .endpointOverride(URI.create(server.url()))
          .region(Region.US_EAST_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(
                  AwsBasicCredentials.create(accessKeyId, server.token())));
      if (builder instanceof S3BaseClientBuilder<?, ?> s3) {
        s3.forcePathStyle(true);
      }
      return type.cast(builder.build());
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw new IllegalArgumentException(type + " is no client of the AWS SDK", e);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("the client " + type + " could not be made", e.getCause());
    }
  }
}
