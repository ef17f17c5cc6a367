package dev.outcrop.models.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.ChatModel;
import dev.outcrop.wire.EventSink;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;

/** A chat model on tape. What it says of itself is recorded when it is first asked for. */
final class TapedChat implements ChatModel {
  private static final String DOCUMENTS = "readsDocuments";
  private static final String FORMATS = "readsFormats";
  private static final String EVERY_FIELD = "takesEveryField";
  private static final String TIERS = "knowsTiers";
  private static final List<String> KNOWN =
      List.of("csv", "doc", "docx", "html", "md", "pdf", "txt", "xls", "xlsx");

  private final Tape tape;
  private final String model;
  private final ChatModel live;

  /**
   * @param live null when it is replayed
   */
  TapedChat(Tape tape, String model, ChatModel live) {
    this.tape = tape;
    this.model = model;
    this.live = live;
    if (live != null) {
      tape.fact(model, this::facts);
    }
  }

  private void facts(ObjectNode facts) {
    facts.put(DOCUMENTS, live.readsDocuments());
    facts.put(EVERY_FIELD, live.takesEveryField());
    facts.put(TIERS, live.knowsTiers());
    ObjectNode formats = facts.putObject(FORMATS);
    KNOWN.forEach(format -> formats.put(format, live.readsDocuments(format)));
  }

  @Override
  public boolean readsDocuments() {
    return live != null ? live.readsDocuments() : tape.facts(model).path(DOCUMENTS).asBoolean();
  }

  @Override
  public boolean readsDocuments(String format) {
    return live != null
        ? live.readsDocuments(format)
        : tape.facts(model).path(FORMATS).path(format).asBoolean();
  }

  @Override
  public boolean takesEveryField() {
    return live != null ? live.takesEveryField() : tape.facts(model).path(EVERY_FIELD).asBoolean();
  }

  @Override
  public boolean knowsTiers() {
    return live != null ? live.knowsTiers() : tape.facts(model).path(TIERS).asBoolean();
  }

  @Override
  public void converse(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
    stream("converse", request, events, (asked, sink) -> live.converse(asked, sink));
  }

  @Override
  public void complete(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
    stream("complete", request, events, (asked, sink) -> live.complete(asked, sink));
  }

  private void stream(
      String operation,
      ConverseStreamRequest request,
      EventSink<ConverseStreamOutput> events,
      BiConsumer<ConverseStreamRequest, EventSink<ConverseStreamOutput>> ask) {
    tape.stream(
        Asked.of(operation, model, Sdk.json(request)),
        tell -> ask.accept(request, new Told(events, tell)),
        event -> events.send(Sdk.event(event)));
  }

  /** Notes what the client was sent. */
  private record Told(EventSink<ConverseStreamOutput> client, Consumer<JsonNode> tell)
      implements EventSink<ConverseStreamOutput> {
    @Override
    public void respond(SdkResponse initial) {
      client.respond(initial);
    }

    @Override
    public void send(ConverseStreamOutput event) {
      client.send(event);
      tell.accept(Sdk.event(event));
    }
  }

  @Override
  public int countTokens(ConverseTokensRequest request) {
    return count("countTokens", request, () -> live.countTokens(request));
  }

  @Override
  public int countCompletionTokens(ConverseStreamRequest request) {
    return count("countCompletionTokens", request, () -> live.countCompletionTokens(request));
  }

  private int count(String operation, SdkPojo request, IntSupplier ask) {
    return tape.answer(
            Asked.of(operation, model, Sdk.json(request)),
            true,
            () -> IntNode.valueOf(ask.getAsInt()))
        .intValue();
  }
}
