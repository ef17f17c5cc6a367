package dev.outcrop.models.upstream;

import dev.outcrop.config.Configuration;
import dev.outcrop.config.Secret;
import dev.outcrop.config.Setting;
import dev.outcrop.config.Sources;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A remote provider of models: one entry below {@code providers:} in the configuration. */
public record ProviderSettings(
    @Setting(doc = "What it speaks.") Type type,
    @Setting(doc = "Where it is; calls are spread over several.", key = "endpoint")
        Map<String, EndpointSettings> endpoints,
    @Setting(doc = "How long connecting may take.", value = "5s") Duration connectTimeout,
    @Setting(doc = "How long the first byte of an answer may take.", value = "2m")
        Duration firstByteTimeout,
    @Setting(doc = "How long a stream may be silent between two pieces.", value = "2m")
        Duration idleTimeout,
    @Setting(doc = "How long a call may take, retries and the whole answer.", value = "15m")
        Duration callTimeout,
    @Setting(
            doc = "How often a failed call is tried again, before anything of it was answered.",
            value = "2",
            min = 0,
            max = 20)
        int retries,
    @Setting(
            doc =
                "The longest wait before another try; a provider that asks for more is not asked again.",
            value = "20s")
        Duration longestWait,
    @Setting(doc = "Most calls under way at once.", value = "256", min = 1, max = 100_000)
        int concurrency,
    @Setting(doc = "Most calls waiting for their turn; more are throttled.", value = "256", min = 0)
        int queue,
    @Setting(doc = "How long a call waits for its turn before it is throttled.", value = "10s")
        Duration queueTimeout,
    @Setting(doc = "When an endpoint that fails is left alone.") BreakerSettings breaker,
    @Setting(doc = "PEM file of the certificate authorities to trust, instead of Java's own.")
        Optional<Path> certificates,
    @Setting(doc = "HTTP proxy on the way, for example http://proxy:3128.") Optional<URI> proxy,
    @Setting(doc = "Bedrock: the region to call.") Optional<String> region,
    @Setting(doc = "Bedrock: ARN of the role to assume.") Optional<String> roleArn,
    @Setting(doc = "Bedrock: profile of the AWS configuration files that has the credentials.")
        Optional<String> profile,
    @Setting(doc = "Bedrock: another address than the region's own.") Optional<URI> endpoint,
    @Setting(doc = "Bedrock: another address than the region's own of what lends the role, STS.")
        Optional<URI> stsEndpoint) {

  /** What a provider speaks. */
  public enum Type {
    OPENAI,
    ANTHROPIC,
    BEDROCK
  }

  /** One address of a provider. */
  public record EndpointSettings(
      @Setting(
              doc =
                  "What the paths of the API are added to, for example https://api.openai.com/v1;"
                      + " a query is kept.")
          URI url,
      @Setting(doc = "Keys to call it with, used in turn; none for a server that wants none.")
          List<Secret> keys,
      @Setting(doc = "Its share of the calls against other endpoints.", value = "1", min = 0)
          int weight,
      @Setting(doc = "Further headers of every request.", key = "header")
          Map<String, Secret> headers) {}

  /** A circuit breaker: it opens when too many of the last calls failed, and then probes. */
  public record BreakerSettings(
      @Setting(doc = "Percentage of failed calls that opens it.", value = "50", min = 1, max = 100)
          int failures,
      @Setting(doc = "Over how many of the last calls it is reckoned.", value = "20", min = 1)
          int calls,
      @Setting(doc = "How many calls there must have been.", value = "5", min = 1) int least,
      @Setting(doc = "How long the endpoint is left alone.", value = "10s") Duration pause,
      @Setting(doc = "How many calls then try whether it works again.", value = "2", min = 1)
          int trials) {}

  /**
   * Settings from flags alone, for what no file configures: {@code type} to {@code openai}, {@code
   * endpoints.one.url} to an address and so on.
   *
   * @throws dev.outcrop.config.ConfigurationException with all that is wrong
   */
  public static ProviderSettings of(Map<String, String> flags) {
    return Configuration.of(ProviderSettings.class)
        .load(new Sources(flags, Map.of(), Path.of("none"), false));
  }
}
