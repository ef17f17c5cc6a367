package dev.outcrop.benchmarks;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/**
 * One ConverseStream call.
 *
 * @param prefill tokens of the prompt per second until the first text
 * @param decode tokens of the answer per second from then to the end of the message
 * @param toFirst milliseconds until the first text
 * @param input tokens of the prompt that were neither read from the cache nor written to it
 * @param read tokens read from the cache
 * @param output tokens of the answer
 */
record ChatSpeed(double prefill, double decode, double toFirst, int input, int read, int output) {

  static ChatSpeed measure(
      BedrockRuntimeAsyncClient client,
      String model,
      List<SystemContentBlock> system,
      String prompt,
      int answerTokens)
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
                    .system(system)
                    .messages(
                        Message.builder()
                            .role(ConversationRole.USER)
                            .content(ContentBlock.fromText(prompt))
                            .build())
                    .inferenceConfig(c -> c.maxTokens(answerTokens).temperature(0f)),
            handler)
        .get();
    TokenUsage tokens = usage.get();
    int written = tokens.outputTokens();
    if (written < answerTokens / 2) {
      throw new IllegalStateException("the answer ended after " + written + " tokens");
    }
    return new ChatSpeed(
        (tokens.totalTokens() - written) * 1e9 / (first.get() - start),
        (written - 1) * 1e9 / (last.get() - first.get()),
        (first.get() - start) / 1e6,
        tokens.inputTokens(),
        tokens.cacheReadInputTokens() == null ? 0 : tokens.cacheReadInputTokens(),
        written);
  }
}
