package dev.outcrop.operations;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Finds routes by method and path. Segments are compared as sent, since an ARN in a label carries
 * its slashes percent-encoded.
 *
 * <p>A literal segment is tried before a label, and a branch that ends without a route for the
 * method is left for the next one. An empty segment is what follows a trailing slash: no label
 * takes it. The work is bounded by the number of branches of the trie, whatever the path.
 */
final class PathTrie {
  /** Paths with more segments than this are not searched for ARNs with bare slashes. */
  private static final int MOST_SEGMENTS = 24;

  private final Node root = new Node();

  private static final class Node {
    final Map<String, Node> literals = new HashMap<>();
    Node label;
    Node greedy;
    final Map<String, List<Route>> routes = new HashMap<>();
  }

  /** A match: routes that share method and path, and what stood at their labels. */
  record Match(List<Route> routes, List<String> values) {}

  void add(Route route) {
    Node node = root;
    for (String segment : route.segments()) {
      if (Route.isGreedy(segment)) {
        if (node.greedy == null) node.greedy = new Node();
        node = node.greedy;
      } else if (Route.isLabel(segment)) {
        if (node.label == null) node.label = new Node();
        node = node.label;
      } else {
        node = node.literals.computeIfAbsent(segment, key -> new Node());
      }
    }
    node.routes.computeIfAbsent(route.operation().method(), key -> new ArrayList<>(1)).add(route);
  }

  /** Whether some route starts with this literal segment. */
  boolean starts(String segment) {
    return root.literals.containsKey(segment);
  }

  /**
   * The routes for a path: exactly as written first, then with its trailing slash added or taken,
   * then with bare slashes in ARNs.
   *
   * @param fitting narrows routes that share method and path to those that the request's query and
   *     headers allow; none means that the search goes on
   */
  Match match(String method, String path, Function<List<Route>, List<Route>> fitting) {
    List<String> segments = Route.split(path);
    Match match = new Search(method, segments, fitting, false).find();
    if (match != null) return match;
    List<String> other = new ArrayList<>(segments);
    if (other.size() > 1 && other.getLast().isEmpty()) other.removeLast();
    else other.add("");
    match = new Search(method, other, fitting, false).find();
    if (match != null || segments.size() > MOST_SEGMENTS) return match;
    return new Search(method, segments, fitting, true).find();
  }

  private final class Search {
    final String method;
    final List<String> segments;
    final Function<List<Route>, List<Route>> fitting;
    final boolean bareArns;
    final List<String> values = new ArrayList<>(4);

    Search(
        String method,
        List<String> segments,
        Function<List<Route>, List<Route>> fitting,
        boolean bareArns) {
      this.method = method;
      this.segments = segments;
      this.fitting = fitting;
      this.bareArns = bareArns;
    }

    Match find() {
      List<Route> routes = from(root, 0);
      return routes == null ? null : new Match(routes, values);
    }

    private List<Route> from(Node node, int at) {
      if (at == segments.size()) return ending(node);
      String segment = segments.get(at);
      Node literal = node.literals.get(segment);
      if (literal != null) {
        List<Route> routes = from(literal, at + 1);
        if (routes != null) return routes;
      }
      if (segment.isEmpty()) return null;
      List<Route> routes = node.label == null ? null : labelled(node.label, at);
      return routes != null || node.greedy == null ? routes : greedy(node.greedy, at);
    }

    private List<Route> labelled(Node next, int at) {
      int longest = bareArns && segments.get(at).startsWith("arn:") ? segments.size() : at + 1;
      for (int end = at + 1; end <= longest; end++) {
        values.add(String.join("/", segments.subList(at, end)));
        List<Route> routes = from(next, end);
        if (routes != null) return routes;
        values.removeLast();
      }
      return null;
    }

    private List<Route> greedy(Node next, int at) {
      List<Route> routes = ending(next);
      if (routes != null) values.add(String.join("/", segments.subList(at, segments.size())));
      return routes;
    }

    private List<Route> ending(Node node) {
      List<Route> routes = node.routes.get(method);
      return routes == null ? null : fitting.apply(routes);
    }
  }
}
