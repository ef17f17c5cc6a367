package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.NativeBodies.Asked;
import dev.outcrop.models.NativeBody;
import dev.outcrop.models.RerankModel.Score;
import java.util.List;
import java.util.Set;

/**
 * Cohere's and Amazon's reranking.
 *
 * @param most results to give
 */
record Reranking(String query, List<String> documents, int most) implements NativeBody.Rerank {

  private static final Set<String> KEYS =
      Set.of(
          "query", "documents", "top_n", "api_version", "max_tokens_per_doc", "return_documents");

  /** Limit of the API. */
  private static final int MAX_DOCUMENTS = 1000;

  private static final int NEWEST_VERSION = 2;

  static NativeBody read(Body sent, Asked asked) {
    Body body = sent.withoutNulls().only(KEYS);
    body.integer("api_version", 1, NEWEST_VERSION);
    body.refuse("max_tokens_per_doc", "documents are read whole");
    if (body.bool("return_documents").orElse(false)) {
      throw body.unsupported("return_documents", "results name documents by index");
    }
    List<String> documents = body.texts("documents").orElseThrow(() -> body.missing("documents"));
    if (documents.isEmpty() || documents.size() > MAX_DOCUMENTS) {
      throw body.invalid(
          "documents", "expected 1 to " + MAX_DOCUMENTS + " items, found: " + documents.size());
    }
    int most = body.integer("top_n", 1, Integer.MAX_VALUE).orElse(documents.size());
    return new Reranking(body.prompt("query"), documents, most);
  }

  @Override
  public ObjectNode answer(List<Score> scores) {
    ObjectNode answer = Body.JSON.createObjectNode();
    ArrayNode results = answer.putArray("results");
    scores.stream()
        .limit(most)
        .forEach(
            score ->
                results
                    .addObject()
                    .put("index", score.index())
                    .put("relevance_score", score.score()));
    return answer;
  }
}
