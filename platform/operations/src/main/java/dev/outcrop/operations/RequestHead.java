package dev.outcrop.operations;

import java.util.Locale;
import java.util.function.Function;

/**
 * A request's head on its way through the router; what few requests need is read when asked for.
 */
final class RequestHead {
  final String method;
  final String path;
  final String rawQuery;
  private final Function<String, String> header;
  private QueryString query;
  private CredentialScope scope;

  RequestHead(String method, String path, String rawQuery, Function<String, String> header) {
    this.method = method;
    this.path = path == null || path.isEmpty() ? "/" : path;
    this.rawQuery = rawQuery;
    this.header = header;
  }

  String header(String lowerCaseName) {
    return header.apply(lowerCaseName);
  }

  QueryString query() {
    if (query == null) query = QueryString.parse(rawQuery);
    return query;
  }

  CredentialScope scope() {
    if (scope == null) scope = CredentialScope.of(this);
    return scope;
  }

  /** The media type, lower case and without parameters; empty when not given. */
  String mediaType() {
    String value = header("content-type");
    if (value == null) return "";
    int semicolon = value.indexOf(';');
    return (semicolon < 0 ? value : value.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  String line() {
    return method + " " + path;
  }
}
