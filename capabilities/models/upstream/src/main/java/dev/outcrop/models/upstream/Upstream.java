package dev.outcrop.models.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.outcrop.wire.ClientGoneException;
import java.io.IOException;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.io.CloseMode;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;

/**
 * A remote provider, reached through whichever of its endpoints and keys works. Calls are tried
 * again with full jitter (Brooker, "Exponential Backoff and Jitter", 2015) until the attempt has
 * read what it needs; what was streamed after that is never asked for twice. Blocking, for virtual
 * threads; an interrupt closes the connection.
 */
public final class Upstream implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LARGEST_ANSWER = 128 << 20;

  private final String provider;
  private final ProviderSettings settings;
  private final Routes routes;
  private final Slots slots;
  private final CloseableHttpClient client;
  private final Protocol protocol;

  /**
   * @param provider its name in the configuration
   * @throws IllegalArgumentException when the settings make no sense
   */
  public Upstream(String provider, ProviderSettings settings, Protocol protocol) {
    this.provider = provider;
    this.settings = settings;
    this.protocol = protocol;
    this.routes = new Routes(provider, settings);
    this.slots = new Slots(settings.concurrency(), settings.queue(), settings.queueTimeout());
    this.client = Transport.client(provider, settings);
  }

  /** The provider's name. */
  public String provider() {
    return provider;
  }

  /** The host of the first endpoint, for example {@code api.openai.com}. */
  public String host() {
    return routes.first().endpoint().target().getHostName();
  }

  /** The port of the first endpoint; -1 for the scheme's own. */
  public int port() {
    return routes.first().endpoint().target().getPort();
  }

  /**
   * Calls. When this returns, the attempt's result owns the answer and the call's place among the
   * concurrent ones, until the answer is closed.
   *
   * @throws BedrockRuntimeException Bedrock Runtime's exception for what went wrong
   * @throws ClientGoneException when the thread was interrupted
   */
  public <T> T call(UpstreamRequest request, Attempt<T> attempt) {
    try {
      Slots.Place place = slots.enter();
      boolean done = false;
      try {
        T result = new Call<>(routes, settings, client, protocol, request, attempt, place).run();
        done = true;
        return result;
      } finally {
        if (!done) {
          place.leave();
        }
      }
    } catch (Failure failure) {
      throw exception(failure);
    }
  }

  /** Calls for an answer in one piece. */
  public byte[] bytes(UpstreamRequest request) {
    return call(
        request,
        response -> {
          try (response) {
            return response.bytes(LARGEST_ANSWER);
          }
        });
  }

  /** Calls for JSON; something else is a failure of the upstream. */
  public JsonNode json(UpstreamRequest request) {
    return call(
        request,
        response -> {
          try (response) {
            return parse(response.bytes(LARGEST_ANSWER), 0, -1);
          }
        });
  }

  /**
   * Reads JSON that an upstream wrote.
   *
   * @param length -1 for all
   * @throws Failure when it is none
   */
  public static JsonNode parse(byte[] bytes, int offset, int length) {
    try {
      JsonNode node = JSON.readTree(bytes, offset, length < 0 ? bytes.length - offset : length);
      if (node != null && node.isContainerNode()) {
        return node;
      }
    } catch (IOException e) {
      // Its message quotes the content, which may be anything.
    }
    throw new Failure(Failure.Kind.BROKEN, 0, "its answer is not valid JSON");
  }

  /** Bedrock Runtime's exception for a failure before anything was answered. */
  public BedrockRuntimeException exception(Failure failure) {
    return Failures.exception(provider, withoutKeys(failure));
  }

  /** The exception for a failure after a part of the answer was sent. */
  public ModelStreamErrorException midStream(Failure failure) {
    return Failures.midStream(provider, withoutKeys(failure));
  }

  private Failure withoutKeys(Failure failure) {
    return failure.withMessage(routes.withoutKeys(failure.getMessage()));
  }

  /** Takes no more calls; those under way go on to their ends, while this returns at once. */
  @Override
  public void close() {
    slots.close();
    if (slots.busy()) {
      Thread.ofVirtual().name("upstream-close").start(this::closeWhenIdle);
    } else {
      closeWhenIdle();
    }
  }

  private void closeWhenIdle() {
    try {
      slots.awaitEmpty(settings.callTimeout());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.close(CloseMode.IMMEDIATE);
  }
}
