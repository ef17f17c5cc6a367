package dev.outcrop.models.bedrock;

import dev.outcrop.models.upstream.ProviderSettings;
import dev.outcrop.models.upstream.ProviderSettings.EndpointSettings;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * Where Bedrock is and who asks it.
 *
 * @param apiKey a Bedrock API key; null to sign with the credentials instead
 * @param headers further ones of every request
 * @param closing what the credentials need closed in the end
 */
record Access(
    Region region,
    URI endpoint,
    AwsCredentialsProvider credentials,
    String apiKey,
    Map<String, List<String>> headers,
    List<AutoCloseable> closing) {

  private static final String SESSION = "outcrop";

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException when they make no sense
   */
  static Access of(String provider, ProviderSettings settings, Connections connections) {
    String where = "providers." + provider;
    if (settings.endpoints().size() > 1) {
      throw new IllegalArgumentException(
          where
              + ".endpoints: Bedrock has one endpoint; name further ones as providers of their own"
              + " and as fallbacks of the model.");
    }
    EndpointSettings endpoint = settings.endpoints().values().stream().findFirst().orElse(null);
    if (endpoint != null && endpoint.keys().size() > 1) {
      throw new IllegalArgumentException(where + ".endpoints: give one Bedrock API key at most.");
    }
    String apiKey =
        endpoint == null || endpoint.keys().isEmpty() ? null : endpoint.keys().getFirst().reveal();
    if (apiKey != null && (settings.roleArn().isPresent() || settings.profile().isPresent())) {
      throw new IllegalArgumentException(
          where + ": give either a key or roleArn and profile; a key is signed with nothing.");
    }
    Region region = region(where, settings);
    URI url =
        settings
            .endpoint()
            .or(() -> settings.endpoints().values().stream().map(EndpointSettings::url).findFirst())
            .orElseGet(() -> https(BedrockRuntimeClient.serviceMetadata().endpointFor(region)));
    Map<String, List<String>> headers = new HashMap<>();
    if (endpoint != null) {
      endpoint.headers().forEach((name, value) -> headers.put(name, List.of(value.reveal())));
    }
    return signing(region, url, settings, apiKey, headers, connections);
  }

  private static Access signing(
      Region region,
      URI url,
      ProviderSettings settings,
      String apiKey,
      Map<String, List<String>> headers,
      Connections connections) {
    DefaultCredentialsProvider.Builder chain = DefaultCredentialsProvider.builder();
    settings.profile().ifPresent(chain::profileName);
    DefaultCredentialsProvider own = chain.build();
    if (settings.roleArn().isEmpty()) {
      return new Access(region, url, own, apiKey, headers, List.of(own));
    }
    StsClient sts =
        StsClient.builder()
            .region(region)
            .endpointOverride(
                settings
                    .stsEndpoint()
                    .orElseGet(() -> https(StsClient.serviceMetadata().endpointFor(region))))
            .credentialsProvider(own)
            .httpClientBuilder(connections.blocking())
            .build();
    StsAssumeRoleCredentialsProvider role =
        StsAssumeRoleCredentialsProvider.builder()
            .stsClient(sts)
            .refreshRequest(r -> r.roleArn(settings.roleArn().get()).roleSessionName(SESSION))
            .build();
    return new Access(region, url, role, null, headers, List.of(role, sts, own));
  }

  private static URI https(URI host) {
    return host.getScheme() == null ? URI.create("https://" + host) : host;
  }

  private static Region region(String where, ProviderSettings settings) {
    if (settings.region().isPresent()) {
      return Region.of(settings.region().get());
    }
    DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
    settings.profile().ifPresent(chain::profileName);
    try {
      return chain.build().getRegion();
    } catch (SdkClientException e) {
      throw new IllegalArgumentException(
          where + ".region is missing, and neither AWS_REGION nor a profile names one.", e);
    }
  }
}
