package dev.outcrop.knowledge.answering;

import dev.outcrop.wire.ClientGoneException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;

/** Asks a chat model and hands over its text as it comes. */
public final class Conversation {
  private static final String END = new String("end");

  private final BedrockRuntimeAsyncClient models;

  public Conversation(BedrockRuntimeAsyncClient models) {
    this.models = models;
  }

  /**
   * Asks and waits until the answer is complete; throws Bedrock Runtime's exceptions. An interrupt,
   * or an exception of the listener, ends the work behind it.
   */
  @SuppressWarnings("ReferenceEquality") // END is told from text by being itself
  void ask(ConverseStreamRequest request, Consumer<String> listener) {
    LinkedBlockingQueue<String> pieces = new LinkedBlockingQueue<>();
    CompletableFuture<Void> call = models.converseStream(request, handler(pieces));
    CompletableFuture<Void> ended = call.whenComplete((v, e) -> pieces.add(END));
    try {
      for (String piece = pieces.take(); piece != END; piece = pieces.take()) {
        listener.accept(piece);
      }
      ended.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientGoneException(e);
    } catch (CompletionException e) {
      throw e.getCause() instanceof SdkException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } finally {
      call.cancel(true);
    }
  }

  private static ConverseStreamResponseHandler handler(LinkedBlockingQueue<String> pieces) {
    return ConverseStreamResponseHandler.builder()
        .subscriber(
            ConverseStreamResponseHandler.Visitor.builder()
                .onContentBlockDelta(
                    event -> {
                      if (event.delta().text() != null) {
                        pieces.add(event.delta().text());
                      }
                    })
                .build())
        .build();
  }
}
