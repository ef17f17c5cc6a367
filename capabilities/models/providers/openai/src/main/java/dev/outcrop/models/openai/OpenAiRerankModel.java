package dev.outcrop.models.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.RerankModel;
import dev.outcrop.models.upstream.EntryOptions;
import dev.outcrop.models.upstream.Failure;
import dev.outcrop.models.upstream.Failure.Kind;
import dev.outcrop.models.upstream.Upstream;
import dev.outcrop.models.upstream.UpstreamRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A reranking model behind {@code /rerank}, as Jina and Cohere have it and vLLM and llama-server
 * offer it. Options: {@code model}, {@code path} (default {@code /rerank}) and {@code extraBody}.
 */
final class OpenAiRerankModel implements RerankModel {

  private final Upstream upstream;
  private final String model;
  private final String path;
  private final ObjectNode extraBody;

  OpenAiRerankModel(Upstream upstream, ModelEntry entry) {
    EntryOptions options = new EntryOptions(entry);
    this.upstream = upstream;
    this.model = options.text("model", entry.id());
    this.path = options.text("path", "/rerank");
    this.extraBody = Json.object(options, "extraBody");
    if (!path.startsWith("/")) {
      options.problem("path must begin with /");
    }
    options.finish();
  }

  @Override
  public List<Score> rerank(String query, List<String> documents) {
    ObjectNode body = Json.object().put("model", model).put("query", query);
    documents.forEach(body.withArray("documents")::add);
    body.put("top_n", documents.size());
    Json.lay(extraBody, body);
    JsonNode answer = upstream.json(UpstreamRequest.json(path, Json.bytes(body), model));
    Double[] scores = new Double[documents.size()];
    for (JsonNode result : answer.path("results")) {
      int index = result.path("index").asInt(-1);
      JsonNode score = result.path("relevance_score");
      if (index >= 0 && index < scores.length && score.isNumber()) {
        scores[index] = score.doubleValue();
      }
    }
    return sorted(scores);
  }

  private List<Score> sorted(Double[] scores) {
    List<Score> sorted = new ArrayList<>(scores.length);
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] == null) {
        throw upstream.exception(
            new Failure(Kind.BROKEN, 0, "it did not score each of the documents"));
      }
      sorted.add(new Score(i, scores[i]));
    }
    sorted.sort(Comparator.comparingDouble(Score::score).reversed());
    return sorted;
  }
}
