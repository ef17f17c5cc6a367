package dev.outcrop.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The parameters of a query string, decoded and in order. */
final class Query {
  private record Parameter(String name, String value) implements Comparable<Parameter> {
    @Override
    public int compareTo(Parameter other) {
      int names = name.compareTo(other.name);
      return names == 0 ? value.compareTo(other.value) : names;
    }
  }

  private final List<Parameter> parameters = new ArrayList<>();

  static Query parse(String raw) {
    Query query = new Query();
    if (raw == null || raw.isEmpty()) {
      return query;
    }
    for (String each : raw.split("&")) {
      if (!each.isEmpty()) {
        int equals = each.indexOf('=');
        String name = equals < 0 ? each : each.substring(0, equals);
        String value = equals < 0 ? "" : each.substring(equals + 1);
        query.parameters.add(
            new Parameter(UriEncoding.decodeQuery(name), UriEncoding.decodeQuery(value)));
      }
    }
    return query;
  }

  /** The first value of a parameter, or null. */
  String first(String name) {
    for (Parameter parameter : parameters) {
      if (parameter.name().equals(name)) {
        return parameter.value();
      }
    }
    return null;
  }

  /** Encoded, sorted by encoded name and value, without the parameters that are not signed. */
  String canonical(Set<String> without) {
    if (parameters.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    parameters.stream()
        .filter(parameter -> !without.contains(parameter.name()))
        .map(
            p ->
                new Parameter(
                    UriEncoding.encode(p.name(), false), UriEncoding.encode(p.value(), false)))
        .sorted()
        .forEach(
            p ->
                text.append(text.isEmpty() ? "" : "&")
                    .append(p.name())
                    .append('=')
                    .append(p.value()));
    return text.toString();
  }
}
