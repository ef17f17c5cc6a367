package dev.outcrop.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Chooses among routes that share method and path. */
final class Selection {
  private Selection() {}

  /** The routes whose conditions the request meets best, or null if it meets those of none. */
  static List<Route> fitting(List<Route> routes, RequestHead request) {
    return best(routes, request, 0);
  }

  /**
   * The routes that fit best although a required query parameter or header is missing: the check of
   * the request will say so.
   */
  static List<Route> nearest(List<Route> routes, RequestHead request) {
    return best(routes, request, Route.NOT_AT_ALL + 1);
  }

  private static List<Route> best(List<Route> routes, RequestHead request, int least) {
    if (routes.size() == 1 && routes.getFirst().unconditional()) return routes;
    List<Route> best = null;
    int bestFit = least;
    for (Route route : routes) {
      int fit = route.fit(request);
      if (fit < bestFit) continue;
      if (best == null || fit > bestFit) best = new ArrayList<>(2);
      bestFit = fit;
      best.add(route);
    }
    return best;
  }

  /** The one whose service or operation the caller's user agent names ({@code api/S3#2.50.x}). */
  static Route named(List<Route> routes, OperationIndex index, RequestHead request) {
    String agent = request.header("x-amz-user-agent");
    if (agent == null) agent = request.header("user-agent");
    int at = agent == null ? -1 : agent.toLowerCase(Locale.ROOT).indexOf(" api/");
    if (at < 0) return null;
    int end = agent.indexOf('#', at);
    String id = letters(agent.substring(at + " api/".length(), end < 0 ? agent.length() : end));
    for (Route route : routes) {
      Service service = index.service(route.operation().service());
      if (letters(service.serviceId()).equals(id)) return route;
    }
    return null;
  }

  private static String letters(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (Character.isLetterOrDigit(text.charAt(i))) {
        kept.append(Character.toLowerCase(text.charAt(i)));
      }
    }
    return kept.toString();
  }
}
