package dev.outcrop.operations;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The REST-JSON operations of services that cannot be told apart before the path is read. */
final class RestRoutes {
  private final OperationIndex index;
  private final PathTrie trie = new PathTrie();

  RestRoutes(OperationIndex index, List<Service> services) {
    this.index = index;
    for (Service service : services) {
      if (service.protocol() != Protocol.REST_JSON) continue;
      for (Operation operation : index.operations(service.name())) trie.add(Route.of(operation));
    }
  }

  /** Whether some operation's path starts with this segment. */
  boolean starts(String segment) {
    return trie.starts(segment);
  }

  /** The operation, a question for the body, or null. */
  Resolution resolve(RequestHead request) {
    PathTrie.Match match = match(request);
    if (match == null) return null;
    Route route = match.routes().size() == 1 ? match.routes().getFirst() : owner(match, request);
    if (route != null) return found(route, match);
    return new Resolution.NeedsBody(body -> byBody(match, body));
  }

  private PathTrie.Match match(RequestHead request) {
    PathTrie.Match fitting =
        trie.match(request.method, request.path, routes -> Selection.fitting(routes, request));
    return fitting != null
        ? fitting
        : trie.match(request.method, request.path, routes -> Selection.nearest(routes, request));
  }

  /** One of several services that share the path; null if only the body can tell. */
  private Route owner(PathTrie.Match match, RequestHead request) {
    for (String value : match.values()) {
      Route route = ArnOwner.among(match.routes(), QueryString.decodePath(value));
      if (route != null) return route;
    }
    Route named = Selection.named(match.routes(), index, request);
    return named != null || match.values().isEmpty() ? named : match.routes().getFirst();
  }

  private static Resolution byBody(PathTrie.Match match, byte[] body) {
    String arn = ArnOwner.first(new String(body, StandardCharsets.UTF_8));
    Route route = ArnOwner.among(match.routes(), arn);
    return found(route == null ? match.routes().getFirst() : route, match);
  }

  private static Resolution found(Route route, PathTrie.Match match) {
    return new Resolution.Found(
        route.operation(), Protocol.REST_JSON, labels(route, match.values()));
  }

  private static Map<String, String> labels(Route route, List<String> values) {
    if (values.isEmpty()) return Map.of();
    Map<String, String> labels = HashMap.newHashMap(values.size());
    int next = 0;
    for (String segment : route.segments()) {
      if (Route.isLabel(segment)) labels.put(Route.labelName(segment), values.get(next++));
    }
    return labels;
  }
}
