package dev.outcrop.models.compatible;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.CatalogueEntry;
import java.util.function.Supplier;

/**
 * {@code GET /v1/models} and one of them, in OpenAI's form, or in Anthropic's for clients that send
 * {@code anthropic-version}: both vendors have this path. When a model was made is not known; 1970
 * stands for that, as it does in Anthropic's API.
 */
record ModelList(Supplier<Catalogue> catalogue) {

  private static final String ANTHROPIC = "anthropic-version";

  ObjectNode all(ApiRequest request) {
    boolean anthropic = request.exchange().header(ANTHROPIC) != null;
    ObjectNode list = Json.object();
    if (!anthropic) {
      list.put("object", "list");
    }
    ArrayNode data = list.putArray("data");
    catalogue
        .get()
        .models()
        .forEach(
            (id, entry) -> {
              if (entry.kind() != ModelEntry.Kind.QUOTE) {
                data.add(anthropic ? anthropic(id, entry) : openAi(id, entry));
              }
            });
    if (anthropic) {
      list.put("has_more", false);
      list.set("first_id", data.path(0).path("id"));
      list.set("last_id", data.path(data.size() - 1).path("id"));
    }
    return list;
  }

  /** One model, by any of its names. */
  ObjectNode one(ApiRequest request, String id) {
    CatalogueEntry entry =
        catalogue
            .get()
            .find(id)
            .filter(found -> found.kind() != ModelEntry.Kind.QUOTE)
            .orElseThrow(() -> new ApiException(ApiError.unknownModel(id)));
    return request.exchange().header(ANTHROPIC) == null ? openAi(id, entry) : anthropic(id, entry);
  }

  private static ObjectNode openAi(String id, CatalogueEntry entry) {
    return Json.object()
        .put("id", id)
        .put("object", "model")
        .put("created", 0)
        .put("owned_by", entry.vendor());
  }

  private static ObjectNode anthropic(String id, CatalogueEntry entry) {
    return Json.object()
        .put("type", "model")
        .put("id", id)
        .put("display_name", entry.name())
        .put("created_at", "1970-01-01T00:00:00Z");
  }
}
