package dev.outcrop.models.bedrock;

import dev.outcrop.models.upstream.ProviderSettings;
import dev.outcrop.models.upstream.ProviderSettings.EndpointSettings;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * Where Bedrock is and who asks it.
 *
 * @param apiKey a Bedrock API key; null to sign with the credentials instead
 * @param closing what the credentials need closed in the end
 */
record Access(
    Region region,
    URI endpoint,
    AwsCredentialsProvider credentials,
    String apiKey,
    List<AutoCloseable> closing) {

  private static final String SESSION = "outcrop";

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException when they make no sense
   */
  static Access of(String provider, ProviderSettings settings) {
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
    return signing(region, url, settings, apiKey);
  }

  private static Access signing(Region region, URI url, ProviderSettings settings, String apiKey) {
    DefaultCredentialsProvider.Builder chain = DefaultCredentialsProvider.builder();
    settings.profile().ifPresent(chain::profileName);
    DefaultCredentialsProvider own = chain.build();
    if (settings.roleArn().isEmpty()) {
      return new Access(region, url, own, apiKey, List.of(own));
    }
    StsClient sts =
        StsClient.builder()
            .region(region)
            .endpointOverride(https(StsClient.serviceMetadata().endpointFor(region)))
            .credentialsProvider(own)
            .httpClientBuilder(Apache5HttpClient.builder())
            .build();
    StsAssumeRoleCredentialsProvider role =
        StsAssumeRoleCredentialsProvider.builder()
            .stsClient(sts)
            .refreshRequest(r -> r.roleArn(settings.roleArn().get()).roleSessionName(SESSION))
            .build();
    return new Access(region, url, role, null, List.of(role, sts, own));
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
