package dev.outcrop.models.bedrock;

import dev.outcrop.models.ChatModel;
import dev.outcrop.wire.EventSink;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensInput;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;

/** A chat model of real Bedrock, which takes everything that Converse can say. */
record BedrockChat(Remote remote, String modelId) implements ChatModel {

  @Override
  public boolean readsDocuments() {
    return true;
  }

  @Override
  public boolean takesEveryField() {
    return true;
  }

  @Override
  public void converse(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
    remote.turn(
        () -> {
          Stream<ConverseStreamOutput> stream = new Stream<>(remote);
          ConverseStreamRequest sent =
              request.toBuilder()
                  .modelId(modelId)
                  .messages(DocumentNames.fitting(request.messages()))
                  .build();
          ConverseStreamResponseHandler handler =
              ConverseStreamResponseHandler.builder()
                  .onEventStream(stream::attach)
                  .onError(stream::failed)
                  .build();
          boolean[] complete = {false};
          stream.pass(
              remote.streaming().converseStream(sent, handler),
              event -> {
                complete[0] |= event instanceof MessageStopEvent;
                events.send(event);
              });
          if (!complete[0]) {
            throw remote.errors().incomplete();
          }
          return null;
        });
  }

  /** Bedrock has no other way to ask a model for text than Converse; the prompt is the message. */
  @Override
  public void complete(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
    converse(request, events);
  }

  @Override
  public int countTokens(ConverseTokensRequest request) {
    ConverseTokensRequest sent =
        request.toBuilder().messages(DocumentNames.fitting(request.messages())).build();
    return remote.call(
        client ->
            client
                .countTokens(c -> c.modelId(modelId).input(CountTokensInput.fromConverse(sent)))
                .inputTokens());
  }

  @Override
  public int countCompletionTokens(ConverseStreamRequest request) {
    return countTokens(
        ConverseTokensRequest.builder()
            .messages(request.messages())
            .system(request.system())
            .build());
  }
}
