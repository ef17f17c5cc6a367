package dev.outcrop.models.compatible;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The query of a request about stored answers. */
record ResponseQuery(Map<String, List<String>> values) {

  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 100;

  /**
   * @param names of the parameters that the request may have
   */
  static ResponseQuery of(ApiRequest request, List<String> names) {
    Map<String, List<String>> values = new HashMap<>();
    String raw = request.exchange().rawQuery();
    for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&")) {
      String[] parts = pair.split("=", 2);
      String name = decoded(parts[0]).replace("[]", "").replaceAll("\\[\\d+]$", "");
      if (!names.contains(name)) {
        throw new ApiException(
            ApiError.invalid(
                "unknown_parameter", name, "Query parameter '" + name + "' is not supported."));
      }
      values
          .computeIfAbsent(name, n -> new ArrayList<>())
          .add(parts.length == 1 ? "" : decoded(parts[1]));
    }
    return new ResponseQuery(values);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ApiException(ApiError.invalid(null, null, "The query is not well encoded."));
    }
  }

  boolean encrypted() {
    return values.getOrDefault("include", List.of()).contains("reasoning.encrypted_content");
  }

  private String one(String name, String otherwise) {
    return values.getOrDefault(name, List.of(otherwise)).getLast();
  }

  /** The items that the query asks for, newest first unless it says otherwise. */
  ObjectNode page(ArrayNode items) {
    List<JsonNode> ordered = new ArrayList<>();
    items.forEach(ordered::add);
    String order = one("order", "desc");
    if (!order.equals("asc") && !order.equals("desc")) {
      throw invalid("order", "expected asc or desc");
    }
    List<JsonNode> all = order.equals("asc") ? ordered : ordered.reversed();
    int start = start(all);
    List<JsonNode> page = all.subList(start, Math.min(all.size(), start + limit()));
    ObjectNode list = Json.object().put("object", "list");
    list.putArray("data").addAll(page);
    list.put("first_id", page.isEmpty() ? null : page.getFirst().path("id").textValue());
    list.put("last_id", page.isEmpty() ? null : page.getLast().path("id").textValue());
    return list.put("has_more", start + page.size() < all.size());
  }

  private int start(List<JsonNode> items) {
    String after = one("after", "");
    if (after.isEmpty()) {
      return 0;
    }
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).path("id").asText().equals(after)) {
        return i + 1;
      }
    }
    throw invalid("after", "there is no such item");
  }

  private int limit() {
    String limit = one("limit", String.valueOf(DEFAULT_LIMIT));
    if (!limit.matches("\\d{1,3}")
        || Integer.parseInt(limit) < 1
        || Integer.parseInt(limit) > MAX_LIMIT) {
      throw invalid("limit", "expected a number from 1 to " + MAX_LIMIT);
    }
    return Integer.parseInt(limit);
  }

  private static ApiException invalid(String name, String problem) {
    return new ApiException(
        ApiError.invalid("invalid_value", name, "Invalid '" + name + "': " + problem));
  }
}
