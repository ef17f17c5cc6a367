package dev.outcrop.knowledge;

import dev.outcrop.knowledge.index.Hit;
import dev.outcrop.storage.StorageException;
import dev.outcrop.wire.SdkJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBase;
import software.amazon.awssdk.services.bedrockagentruntime.model.KnowledgeBaseQuery;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveRequest;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveResponse;

/** Retrieve: the passages of a knowledge base that a question is about, page by page. */
public final class Retrieval {
  private final KnowledgeStore store;
  private final Passages passages;

  Retrieval(KnowledgeStore store, Passages passages) {
    this.store = store;
    this.passages = passages;
  }

  public RetrieveResponse retrieve(RetrieveRequest request) {
    SupportedFields.check(request, RetrievalErrors::invalid);
    KnowledgeBase base = passages.base(request.knowledgeBaseId());
    KnowledgeBaseQuery query = request.retrievalQuery();
    if (query.type() != null && !query.typeAsString().equals("TEXT")) {
      throw RetrievalErrors.invalid(
          "retrievalQuery.type " + query.typeAsString() + " is not supported by Outcrop yet.");
    }
    // Not toString, which hides the question: a token is good for its own question alone.
    String purpose =
        new String(
            SdkJson.write(request.toBuilder().nextToken(null).build()), StandardCharsets.UTF_8);
    int size = Passages.results(request.retrievalConfiguration());
    int from = request.nextToken() == null ? 0 : position(purpose, request.nextToken());
    List<Hit> hits =
        passages.find(base, query.text(), request.retrievalConfiguration(), from, size + 1).hits();
    boolean more = hits.size() > size;
    return RetrieveResponse.builder()
        .retrievalResults(hits.stream().limit(size).map(References::result).toList())
        .nextToken(
            more
                ? store.tokens().seal("Retrieve " + purpose, List.of(Integer.toString(from + size)))
                : null)
        .build();
  }

  private int position(String purpose, String token) {
    try {
      return Integer.parseInt(store.tokens().open("Retrieve " + purpose, token).getFirst());
    } catch (StorageException.InvalidPageToken e) {
      throw RetrievalErrors.invalid(e.getMessage());
    }
  }
}
