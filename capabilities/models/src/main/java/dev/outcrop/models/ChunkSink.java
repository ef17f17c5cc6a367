package dev.outcrop.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.bodies.ChatBody;
import dev.outcrop.wire.EventSink;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;

/**
 * Sends a chat model's events on as the chunks of a native body. The last one carries the counts
 * and times of the call, as Bedrock's do.
 */
final class ChunkSink implements EventSink<ConverseStreamOutput> {

  private final ChatBody.Chunks chunks;
  private final SdkResponse head;
  private final EventSink<ResponseStream> out;
  private final long start = System.nanoTime();
  private long firstByte;
  private String stopReason;

  /**
   * @param head sent before the first chunk, not earlier: a request that the model refuses is an
   *     error, not a stream
   */
  ChunkSink(ChatBody.Chunks chunks, SdkResponse head, EventSink<ResponseStream> out) {
    this.chunks = chunks;
    this.head = head;
    this.out = out;
  }

  @Override
  public void respond(SdkResponse initial) {
    // Chat models have nothing to say there.
  }

  @Override
  public void send(ConverseStreamOutput event) {
    switch (event) {
      case ContentBlockDeltaEvent delta when delta.delta().text() != null ->
          send(chunks.text(delta.delta().text()));
      case MessageStopEvent stop -> stopReason = stop.stopReasonAsString();
      case ConverseStreamMetadataEvent metadata -> end(metadata);
      default -> {
        // Starts, stops and a model's thinking have no place in these bodies.
      }
    }
  }

  private void end(ConverseStreamMetadataEvent metadata) {
    int input = metadata.usage().inputTokens();
    int output = metadata.usage().outputTokens();
    ObjectNode last = chunks.end(stopReason, input, output);
    last.putObject("amazon-bedrock-invocationMetrics")
        .put("inputTokenCount", input)
        .put("outputTokenCount", output)
        .put("invocationLatency", (System.nanoTime() - start) / 1_000_000)
        .put(
            "firstByteLatency",
            ((firstByte == 0 ? System.nanoTime() : firstByte) - start) / 1_000_000);
    send(last);
  }

  private void send(ObjectNode chunk) {
    if (firstByte == 0) {
      firstByte = System.nanoTime();
      out.respond(head);
    }
    out.send(ResponseStream.chunkBuilder().bytes(ChatBody.bytes(chunk)).build());
  }
}
