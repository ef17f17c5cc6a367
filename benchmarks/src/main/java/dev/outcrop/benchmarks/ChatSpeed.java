package dev.outcrop.benchmarks;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/**
 * Tokens per second of one ConverseStream call: those of the prompt until the first text, those of
 * the answer from then to the end of the message.
 */
record ChatSpeed(double prefill, double decode) {

  static ChatSpeed measure(
      BedrockRuntimeAsyncClient client, String model, String prompt, int answerTokens)
      throws Exception {
    AtomicLong first = new AtomicLong();
    AtomicLong last = new AtomicLong();
    AtomicReference<TokenUsage> usage = new AtomicReference<>();
    ConverseStreamResponseHandler handler =
        ConverseStreamResponseHandler.builder()
            .subscriber(
                ConverseStreamResponseHandler.Visitor.builder()
                    .onContentBlockDelta(e -> first.compareAndSet(0, System.nanoTime()))
                    .onMessageStop(e -> last.set(System.nanoTime()))
                    .onMetadata(e -> usage.set(e.usage()))
                    .build())
            .build();
    long start = System.nanoTime();
    client
        .converseStream(
            r ->
                r.modelId(model)
                    .messages(
                        Message.builder()
                            .role(ConversationRole.USER)
                            .content(ContentBlock.fromText(prompt))
                            .build())
                    .inferenceConfig(c -> c.maxTokens(answerTokens).temperature(0f)),
            handler)
        .get();
    int written = usage.get().outputTokens();
    if (written < answerTokens / 2) {
      throw new IllegalStateException("the answer ended after " + written + " tokens");
    }
    return new ChatSpeed(
        usage.get().inputTokens() * 1e9 / (first.get() - start),
        (written - 1) * 1e9 / (last.get() - first.get()));
  }
}
