package dev.outcrop.models.compatible;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.NativeBody;
import dev.outcrop.models.bodies.Body;
import dev.outcrop.models.bodies.OpenAiChat;
import dev.outcrop.wire.ClientGoneException;
import dev.outcrop.wire.EventSink;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;

/** {@code POST /v1/chat/completions}, in one piece or streamed. */
record ChatCompletions(Chats chats) {

  private static final Logger LOG = LoggerFactory.getLogger(ChatCompletions.class);

  void create(ApiRequest request, Body body) throws Exception {
    String model = body.requiredText("model");
    boolean streaming = body.withoutNulls().bool("stream").orElse(false);
    NativeBody.Chat chat = OpenAiChat.read(body, model, streaming, OpenAiChat.Thinking.FIELD);
    if (streaming) {
      stream(request, chat, model);
    } else {
      request.answer(chat.answer(chats.whole(request, chat.request())));
    }
  }

  private void stream(ApiRequest request, NativeBody.Chat chat, String model) throws Exception {
    EventStream stream = new EventStream(request);
    try {
      chats.stream(request, chat.request(), new Chunks(stream, chat.chunks()));
      stream.done();
    } catch (ClientGoneException e) {
      throw e;
    } catch (Exception e) {
      if (!stream.begun() || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      LOG.debug("Request {} failed midway", request.context().requestId(), e);
      stream.data(ApiError.of(e, model).json());
    }
    stream.end();
  }

  /** Writes events as the chunks they become. */
  private record Chunks(EventStream stream, NativeBody.Chunks chunks)
      implements EventSink<ConverseStreamOutput> {

    @Override
    public void respond(SdkResponse initial) {
      // Converse has nothing to say there.
    }

    @Override
    public void send(ConverseStreamOutput event) {
      List<ObjectNode> written = chunks.of(event);
      if (!written.isEmpty()) {
        written.forEach(stream::data);
        stream.flush();
      }
    }
  }
}
