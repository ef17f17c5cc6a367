package dev.outcrop.models.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.NativeModel;
import dev.outcrop.models.RuntimeErrors;
import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.EventSource;
import dev.outcrop.wire.ResponseHeaders;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamInput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponse;
import software.amazon.awssdk.services.bedrockruntime.model.PayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;

/**
 * A model that takes native bodies, on tape.
 *
 * @param live null when it is replayed
 */
record TapedNative(Tape tape, String model, NativeModel live) implements NativeModel {
  private static final String HEADERS = "headers";
  private static final String RESPONSE = "response";
  private static final String BODY = "body";
  private static final String INITIAL = "initial";
  private static final String CHUNK = "chunk";

  @Override
  public InvokeModelResponse invoke(InvokeModelRequest request) {
    JsonNode answer =
        tape.answer(
            Asked.of("invokeModel", model, request(request, request.body())),
            false,
            () -> ask(request));
    answer
        .path(HEADERS)
        .properties()
        .forEach(header -> ResponseHeaders.set(header.getKey(), header.getValue().asText()));
    InvokeModelResponse response = Sdk.pojo(answer.get(RESPONSE), InvokeModelResponse::builder);
    return response.toBuilder().body(Sdk.body(answer.get(BODY))).build();
  }

  /** The body as JSON, not as the blob that it is for the SDK, so that people can read it. */
  private static JsonNode request(SdkPojo request, SdkBytes body) {
    ObjectNode json = (ObjectNode) Sdk.json(request);
    json.set(BODY, Sdk.body(body));
    return json;
  }

  private JsonNode ask(InvokeModelRequest request) {
    Map<String, String> headers = new HashMap<>();
    InvokeModelResponse response = ResponseHeaders.collect(headers, () -> live.invoke(request));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ObjectNode written = answer.putObject(HEADERS);
    new TreeMap<>(headers).forEach(written::put);
    answer.set(RESPONSE, Sdk.json(response.toBuilder().body(null).build()));
    answer.set(BODY, Sdk.body(response.body()));
    return answer;
  }

  @Override
  public void invoke(
      InvokeModelWithResponseStreamRequest request, EventSink<ResponseStream> events) {
    tape.stream(
        Asked.of("invokeModelWithResponseStream", model, request(request, request.body())),
        tell -> live.invoke(request, new Told(events, tell)),
        event -> replay(event, events));
  }

  /** What two say at the same time has no order that could be replayed. */
  @Override
  public void talk(
      InvokeModelWithBidirectionalStreamRequest request,
      EventSource<InvokeModelWithBidirectionalStreamInput> in,
      EventSink<InvokeModelWithBidirectionalStreamOutput> out) {
    throw RuntimeErrors.unsupported(
        "InvokeModelWithBidirectionalStream",
        "dialogues can't be recorded or replayed; turn recording off");
  }

  private static void replay(JsonNode event, EventSink<ResponseStream> events) {
    if (event.has(INITIAL)) {
      InvokeModelWithResponseStreamResponse initial =
          Sdk.pojo(event.get(INITIAL), InvokeModelWithResponseStreamResponse::builder);
      events.respond(initial);
    } else {
      events.send(ResponseStream.chunkBuilder().bytes(Sdk.body(event.get(CHUNK))).build());
    }
  }

  private record Told(EventSink<ResponseStream> client, Consumer<JsonNode> tell)
      implements EventSink<ResponseStream> {
    @Override
    public void respond(SdkResponse initial) {
      client.respond(initial);
      tell.accept(JsonNodeFactory.instance.objectNode().set(INITIAL, Sdk.json(initial)));
    }

    @Override
    public void send(ResponseStream event) {
      client.send(event);
      tell.accept(
          JsonNodeFactory.instance
              .objectNode()
              .set(CHUNK, Sdk.body(((PayloadPart) event).bytes())));
    }
  }
}
