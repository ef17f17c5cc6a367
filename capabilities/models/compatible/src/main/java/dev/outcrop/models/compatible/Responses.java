package dev.outcrop.models.compatible;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.JsonDocuments;
import dev.outcrop.models.bodies.Body;
import dev.outcrop.models.bodies.OpenAiChat;
import dev.outcrop.wire.ClientGoneException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** {@code POST /v1/responses}, in one piece or streamed, and what is stored of its answers. */
record Responses(Chats chats, ResponseStore store) {

  private static final Logger LOG = LoggerFactory.getLogger(Responses.class);

  void create(ApiRequest request, Body body) throws Exception {
    ResponseRequest asked = ResponseRequest.read(body);
    List<StoredResponse> before = store.chain(request.context(), asked.previous());
    ConverseStreamRequest conversation = conversation(asked, asked.chat(before));
    ResponseObject response = new ResponseObject(asked, store.now());
    if (asked.streaming()) {
      stream(request, asked, conversation, response);
      return;
    }
    ConverseResponse answer = chats.whole(request, conversation);
    ResponseOutput output = new ResponseOutput((type, event) -> {});
    for (ContentBlock block : answer.output().message().content()) {
      output.block(block, arguments(block));
    }
    ObjectNode ended =
        response.ended(
            answer.stopReasonAsString(), answer.usage(), answer.serviceTier(), output.items());
    keep(request, asked, response, ended);
    request.answer(ResponseObject.shown(ended, asked.encrypted()));
  }

  private static String arguments(ContentBlock block) {
    return block.toolUse() == null ? "" : JsonDocuments.json(block.toolUse().input()).toString();
  }

  private static ConverseStreamRequest conversation(ResponseRequest asked, ObjectNode chat) {
    try {
      return OpenAiChat.read(
              Body.of(chat), asked.model(), asked.streaming(), OpenAiChat.Thinking.FIELD)
          .request();
    } catch (ValidationException e) {
      throw new ApiException(ResponseNames.renamed(ApiError.of(e, asked.model())));
    }
  }

  private void stream(
      ApiRequest request,
      ResponseRequest asked,
      ConverseStreamRequest conversation,
      ResponseObject response)
      throws Exception {
    EventStream stream = new EventStream(request);
    ResponseStream events =
        new ResponseStream(
            stream, response, asked.encrypted(), ended -> keep(request, asked, response, ended));
    try {
      chats.stream(request, conversation, events);
    } catch (ClientGoneException e) {
      throw e;
    } catch (Exception e) {
      if (!stream.begun() || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      LOG.debug("Request {} failed midway", request.context().requestId(), e);
      events.fail(ApiError.of(e, asked.model()));
    }
    stream.end();
  }

  private void keep(
      ApiRequest request, ResponseRequest asked, ResponseObject response, ObjectNode ended) {
    if (asked.store()) {
      store.add(
          request.context(),
          new StoredResponse(
              response.id(), response.created(), asked.previous(), ended, asked.input()));
    }
  }

  JsonNode get(ApiRequest request, String id) {
    ResponseQuery query = ResponseQuery.of(request, List.of("include"));
    return ResponseObject.shown(found(request, id).response(), query.encrypted());
  }

  JsonNode delete(ApiRequest request, String id) {
    ResponseQuery.of(request, List.of());
    if (!store.delete(request.context(), id)) {
      throw notFound(id);
    }
    return Json.object().put("id", id).put("object", "response").put("deleted", true);
  }

  JsonNode inputItems(ApiRequest request, String id) {
    ResponseQuery query = ResponseQuery.of(request, List.of("include", "limit", "order", "after"));
    return query.page(found(request, id).input());
  }

  private StoredResponse found(ApiRequest request, String id) {
    return store.find(request.context(), id).orElseThrow(() -> notFound(id));
  }

  private static ApiException notFound(String id) {
    return new ApiException(ApiError.notFound("Response with id '" + id + "' not found."));
  }
}
