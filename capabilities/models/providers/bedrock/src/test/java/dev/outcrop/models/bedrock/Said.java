package dev.outcrop.models.bedrock;

import dev.outcrop.wire.ClientGoneException;
import dev.outcrop.wire.EventSource;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.BidirectionalInputPayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.BidirectionalOutputPayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamInput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamOutput;

/** What a client says in a dialogue, when the test says so. */
final class Said implements EventSource<InvokeModelWithBidirectionalStreamInput> {

  private static final String END = "the end";

  final AtomicInteger read = new AtomicInteger();
  private final BlockingQueue<String> words = new LinkedBlockingQueue<>();

  Said say(String... said) {
    words.addAll(java.util.List.of(said));
    return this;
  }

  Said end() {
    words.add(END);
    return this;
  }

  @Override
  public InvokeModelWithBidirectionalStreamInput next() {
    try {
      String word = words.take();
      read.incrementAndGet();
      return Objects.equals(word, END) ? null : input(word);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientGoneException(e);
    }
  }

  private static InvokeModelWithBidirectionalStreamInput input(String text) {
    return (InvokeModelWithBidirectionalStreamInput)
        InvokeModelWithBidirectionalStreamInput.chunkBuilder()
            .bytes(SdkBytes.fromUtf8String(text))
            .build();
  }

  static String text(InvokeModelWithBidirectionalStreamInput event) {
    return ((BidirectionalInputPayloadPart) event).bytes().asUtf8String();
  }

  static InvokeModelWithBidirectionalStreamOutput output(String text) {
    return InvokeModelWithBidirectionalStreamOutput.chunkBuilder()
        .bytes(SdkBytes.fromUtf8String(text))
        .build();
  }

  static String text(InvokeModelWithBidirectionalStreamOutput event) {
    return ((BidirectionalOutputPayloadPart) event).bytes().asUtf8String();
  }
}
