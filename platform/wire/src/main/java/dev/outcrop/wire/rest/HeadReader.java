package dev.outcrop.wire.rest;

import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.body.AwsChunked;
import dev.outcrop.wire.shape.Member;
import dev.outcrop.wire.shape.Shape;
import dev.outcrop.wire.shape.TextValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;

/** Reads the members of a request that travel in its path, query and headers. */
public final class HeadReader {
  private static final Set<String> SIGNING =
      Set.of(
          "x-amz-algorithm",
          "x-amz-credential",
          "x-amz-date",
          "x-amz-expires",
          "x-amz-signedheaders",
          "x-amz-signature",
          "x-amz-security-token");

  private final Map<String, String> labels;
  private final Map<String, List<String>> query;
  private final Map<String, List<String>> headers;
  private final Set<String> fixedQuery;

  /**
   * Reads from a request.
   *
   * @param labels the path's labels, percent-encoded as sent
   * @param fixedQuery names of query parameters that only tell operations apart
   */
  public static HeadReader of(
      HttpExchange exchange, Map<String, String> labels, Set<String> fixedQuery) {
    Map<String, List<String>> headers =
        AwsChunked.isCoded(exchange)
            ? AwsChunked.withoutCoding(exchange.headers())
            : exchange.headers();
    return new HeadReader(labels, Parameters.parse(exchange.rawQuery()), headers, fixedQuery);
  }

  private HeadReader(
      Map<String, String> labels,
      Map<String, List<String>> query,
      Map<String, List<String>> headers,
      Set<String> fixedQuery) {
    this.labels = labels;
    this.fixedQuery = fixedQuery;
    this.query = query;
    this.headers = query.containsKey("X-Amz-Signature") ? withHoisted(query, headers) : headers;
  }

  // Presigned URLs carry as query parameters what would have been x-amz- headers.
  private static Map<String, List<String>> withHoisted(
      Map<String, List<String>> query, Map<String, List<String>> headers) {
    Map<String, List<String>> all = new LinkedHashMap<>(headers);
    query.forEach(
        (name, values) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (lower.startsWith("x-amz-") && !SIGNING.contains(lower)) {
            all.putIfAbsent(lower, values);
          }
        });
    return all;
  }

  /** Sets the members in the builder. */
  public void read(SdkPojo builder, Shape shape) {
    for (Member member : shape.heads()) {
      Object value =
          switch (member.location()) {
            case PATH, GREEDY_PATH -> label(member);
            case QUERY_PARAM -> query(member, shape);
            case HEADER -> header(member);
            case PAYLOAD, STATUS_CODE -> null;
          };
      if (value != null) {
        member.set(builder, value);
      }
    }
  }

  private Object label(Member member) {
    String sent = labels.get(member.readName());
    return sent == null ? null : TextValues.parse(Parameters.decodePath(sent), member);
  }

  private static Object scalar(String text, Member member) {
    return text == null ? null : TextValues.parse(text, member);
  }

  private Object query(Member member, Shape shape) {
    if (member.map() != null) {
      return queryMap(member, shape);
    }
    List<String> values = query.get(member.readName());
    if (values == null || values.isEmpty()) {
      return null;
    }
    return member.list() == null ? scalar(values.getFirst(), member) : all(values, member);
  }

  private static List<Object> all(List<String> values, Member member) {
    List<Object> parsed = new ArrayList<>(values.size());
    values.forEach(value -> parsed.add(TextValues.parse(value, member.element())));
    return parsed;
  }

  // A map takes every parameter that no other member has a name for.
  private Map<String, Object> queryMap(Member member, Shape shape) {
    Map<String, Object> map = new LinkedHashMap<>();
    query.forEach(
        (name, values) -> {
          if (!SIGNING.contains(name.toLowerCase(Locale.ROOT))
              && !fixedQuery.contains(name)
              && !shape.hasQueryMember(name)) {
            Member element = member.element();
            map.put(
                name,
                element.list() == null ? scalar(values.getFirst(), element) : all(values, element));
          }
        });
    return map.isEmpty() ? null : map;
  }

  private Object header(Member member) {
    String name = member.readName().toLowerCase(Locale.ROOT);
    if (member.map() != null) {
      return prefixed(name, member);
    }
    List<String> values = headers.get(name);
    if (values == null || values.isEmpty()) {
      return null;
    }
    return member.list() == null
        ? scalar(values.getFirst(), member)
        : all(HeaderLists.split(values, member.element()), member);
  }

  private Map<String, Object> prefixed(String prefix, Member member) {
    Map<String, Object> map = new LinkedHashMap<>();
    headers.forEach(
        (name, values) -> {
          if (name.startsWith(prefix)) {
            map.put(
                name.substring(prefix.length()),
                TextValues.parse(String.join(",", values), member.element()));
          }
        });
    return map.isEmpty() ? null : map;
  }
}
