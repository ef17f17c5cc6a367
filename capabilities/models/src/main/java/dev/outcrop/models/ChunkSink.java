package dev.outcrop.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.wire.EventSink;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponse;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/**
 * Sends a chat model's events on as the chunks of a native body. The last one carries the counts
 * and times of the call, as Bedrock's do; which it is shows with the {@code metadata} event only,
 * so chunks are held back from {@code messageStop} on.
 */
final class ChunkSink implements EventSink<ConverseStreamOutput> {

  private final NativeBody.Chunks chunks;
  private InvokeModelWithResponseStreamResponse head;
  private final Chunked out;
  private final List<ObjectNode> held = new ArrayList<>();
  private final long start = System.nanoTime();
  private long firstByte;
  private boolean stopping;

  /**
   * @param head sent before the first chunk, not earlier: a request that the model refuses is an
   *     error, not a stream
   */
  ChunkSink(NativeBody.Chunks chunks, InvokeModelWithResponseStreamResponse head, Chunked out) {
    this.chunks = chunks;
    this.head = head;
    this.out = out;
  }

  /** The latency and tier that a chat model has, before the first chunk. */
  @Override
  public void respond(SdkResponse initial) {
    if (initial instanceof InvokeModelWithResponseStreamResponse had) {
      InvokeModelWithResponseStreamResponse.Builder more = head.toBuilder();
      if (had.performanceConfigLatency() != null) {
        more.performanceConfigLatency(had.performanceConfigLatencyAsString());
      }
      if (had.serviceTier() != null) {
        more.serviceTier(had.serviceTierAsString());
      }
      head = more.build();
    }
  }

  @Override
  public void send(ConverseStreamOutput event) {
    stopping = stopping || event instanceof MessageStopEvent;
    List<ObjectNode> made = chunks.of(event);
    if (stopping) {
      held.addAll(made);
    } else {
      made.forEach(chunk -> send(chunk, false));
    }
    if (event instanceof ConverseStreamMetadataEvent metadata) {
      end(metadata.usage());
    }
  }

  private void end(TokenUsage usage) {
    if (held.isEmpty()) {
      throw new IllegalStateException("the body has no last chunk");
    }
    ObjectNode metrics =
        held.getLast()
            .putObject("amazon-bedrock-invocationMetrics")
            .put("inputTokenCount", usage.inputTokens())
            .put("outputTokenCount", usage.outputTokens())
            .put("invocationLatency", millisTo(System.nanoTime()))
            .put("firstByteLatency", millisTo(firstByte == 0 ? System.nanoTime() : firstByte));
    if (usage.cacheReadInputTokens() != null || usage.cacheWriteInputTokens() != null) {
      metrics.put("cacheReadInputTokenCount", count(usage.cacheReadInputTokens()));
      metrics.put("cacheWriteInputTokenCount", count(usage.cacheWriteInputTokens()));
    }
    for (ObjectNode chunk : held) {
      send(chunk, chunk == held.getLast());
    }
  }

  private static int count(Integer tokens) {
    return tokens == null ? 0 : tokens;
  }

  private long millisTo(long nanos) {
    return (nanos - start) / 1_000_000;
  }

  private void send(ObjectNode chunk, boolean last) {
    if (firstByte == 0) {
      firstByte = System.nanoTime();
      out.respond(head);
    }
    out.send(Json.bytes(chunk), () -> chunk, last);
  }
}
