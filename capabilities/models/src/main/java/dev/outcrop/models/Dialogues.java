package dev.outcrop.models;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.EventSource;
import java.util.Map;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamInput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamRequest;

/**
 * InvokeModelWithBidirectionalStream: bodies both ways as they are, for models that listen while
 * they speak. Nobody translates them: a model either takes them so or refuses. What a dialogue says
 * in words is told to those who watch the call; sound is not.
 */
record Dialogues(Names names, Calls calls, FailOver failOver) {

  void talk(
      InvokeModelWithBidirectionalStreamRequest request,
      EventSource<InvokeModelWithBidirectionalStreamInput> in,
      EventSink<InvokeModelWithBidirectionalStreamOutput> out) {
    long start = System.nanoTime();
    Target target = names.target(request.modelId(), request);
    ArrayNode said = JsonNodeFactory.instance.arrayNode();
    calls.watch(
        new Calls.Asked(
            "InvokeModelWithBidirectionalStream",
            start,
            target,
            Map.of(),
            () -> copy(said),
            0,
            names.mostOutput(target)),
        call -> {
          Heard heard = new Heard(call, said, in);
          Spoken spoken = new Spoken(call, out);
          return Chats.streamed(
              spoken::untouched,
              () ->
                  failOver.ask(
                      call,
                      () -> spoken.untouched() && heard.untouched(),
                      served -> {
                        speaker(served).talk(request, heard, spoken);
                        return null;
                      }));
        });
  }

  private static ArrayNode copy(ArrayNode said) {
    synchronized (said) {
      return said.deepCopy();
    }
  }

  private static NativeModel speaker(Served served) {
    return served.nativeBodies().orElseThrow(RuntimeErrors::notBothWays);
  }
}
