package dev.outcrop.models.bedrock;

import dev.outcrop.models.upstream.ProviderSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.token.credentials.SdkToken;
import software.amazon.awssdk.auth.token.credentials.StaticTokenProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeBaseClientBuilder;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.auth.scheme.BedrockRuntimeAuthSchemeProvider;

/** The SDK's clients of one provider, made on first use, and a bounded number of calls of them. */
final class Remote implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Remote.class);
  private static final List<String> BY_KEY = List.of("httpBearerAuth");
  private static final List<String> SIGNED = List.of("sigv4");

  private final ProviderSettings settings;
  private final Connections connections;
  private final Access access;
  private final Turns turns;
  private final Errors errors;
  private final RetryStrategy retries;
  private BedrockRuntimeClient blocking;
  private BedrockRuntimeAsyncClient streaming;
  private BedrockRuntimeAsyncClient talking;
  private SdkEventLoopGroup loops;

  Remote(String provider, ProviderSettings settings) {
    this.settings = settings;
    this.connections = Connections.of(provider, settings);
    this.access = Access.of(provider, settings, connections);
    this.turns = new Turns(settings.concurrency(), settings.queue(), settings.queueTimeout());
    this.errors = new Errors(provider);
    this.retries =
        AwsRetryStrategy.standardRetryStrategy().toBuilder()
            .maxAttempts(settings.retries() + 1)
            .backoffStrategy(
                BackoffStrategy.exponentialDelay(
                    Duration.ofMillis(100), longestWait(settings.longestWait())))
            .build();
  }

  /** The SDK wants some wait. */
  private static Duration longestWait(Duration said) {
    Duration least = Duration.ofMillis(100);
    return said.compareTo(least) < 0 ? least : said;
  }

  Errors errors() {
    return errors;
  }

  /** How long a stream may be silent. */
  Duration patience(boolean begun) {
    return begun ? settings.idleTimeout() : settings.firstByteTimeout();
  }

  /** Does something with the client for answers in one piece. */
  <T> T call(Function<BedrockRuntimeClient, T> work) {
    return turn(
        () -> {
          try {
            return work.apply(blocking());
          } catch (RuntimeException e) {
            throw errors.before(e);
          }
        });
  }

  /** Does something when it is its turn. */
  <T> T turn(Supplier<T> work) {
    turns.enter();
    try {
      return work.get();
    } finally {
      turns.leave();
    }
  }

  private synchronized BedrockRuntimeClient blocking() {
    if (blocking == null) {
      blocking =
          common(BedrockRuntimeClient.builder()).httpClientBuilder(connections.blocking()).build();
    }
    return blocking;
  }

  synchronized BedrockRuntimeAsyncClient streaming() {
    if (streaming == null) {
      streaming = async(connections.streaming(loops()));
    }
    return streaming;
  }

  /** The client for dialogues, which only HTTP/2 can hold. */
  synchronized BedrockRuntimeAsyncClient talking() {
    if (talking == null) {
      talking = async(connections.talking(loops()));
    }
    return talking;
  }

  private SdkEventLoopGroup loops() {
    if (loops == null) {
      loops = SdkEventLoopGroup.builder().build();
    }
    return loops;
  }

  private BedrockRuntimeAsyncClient async(NettyNioAsyncHttpClient.Builder http) {
    return common(BedrockRuntimeAsyncClient.builder()).httpClientBuilder(http).build();
  }

  private <B extends BedrockRuntimeBaseClientBuilder<B, C>, C> B common(B builder) {
    boolean byKey = access.apiKey() != null;
    if (byKey) {
      SdkToken token = () -> access.apiKey();
      builder.tokenProvider(StaticTokenProvider.create(token));
    }
    return builder
        .region(access.region())
        .endpointOverride(access.endpoint())
        .credentialsProvider(access.credentials())
        .authSchemeProvider(
            BedrockRuntimeAuthSchemeProvider.defaultProvider(byKey ? BY_KEY : SIGNED))
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(retries)
                .apiCallTimeout(settings.callTimeout())
                .headers(access.headers())
                .build());
  }

  @Override
  public synchronized void close() {
    if (blocking != null) {
      blocking.close();
    }
    if (streaming != null) {
      streaming.close();
    }
    if (talking != null) {
      talking.close();
    }
    if (loops != null) {
      // At once: the usual quiet period is for work that might still come, and none can.
      loops.eventLoopGroup().shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
    for (AutoCloseable closing : access.closing()) {
      try {
        closing.close();
      } catch (Exception e) {
        LOG.debug("A source of credentials could not be closed", e);
      }
    }
  }
}
