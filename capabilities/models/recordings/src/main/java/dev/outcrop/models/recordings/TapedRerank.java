package dev.outcrop.models.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.RerankModel;
import java.util.ArrayList;
import java.util.List;

/**
 * A reranking model on tape.
 *
 * @param live null when it is replayed
 */
record TapedRerank(Tape tape, String model, RerankModel live) implements RerankModel {

  @Override
  public List<Score> rerank(String query, List<String> documents) {
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("query", query);
    ArrayNode all = request.putArray("documents");
    documents.forEach(all::add);
    JsonNode answer =
        tape.answer(
            Asked.of("rerank", model, request), true, () -> json(live.rerank(query, documents)));
    List<Score> scores = new ArrayList<>();
    for (JsonNode score : answer) {
      scores.add(new Score(score.get("index").intValue(), score.get("score").doubleValue()));
    }
    return scores;
  }

  private static JsonNode json(List<Score> scores) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    scores.forEach(s -> json.addObject().put("index", s.index()).put("score", s.score()));
    return json;
  }
}
