package dev.outcrop.operations;

import java.util.List;
import java.util.Map;

/**
 * Tells apart services that serve the same path ({@code /tags/{resourceArn}}) by the resource that
 * is named.
 */
final class ArnOwner {
  /** Six services have ARNs of the service {@code bedrock}; what is not here is bedrock's own. */
  private static final Map<String, String> BEDROCK_RESOURCES =
      Map.ofEntries(
          Map.entry("agent", "bedrock-agent"),
          Map.entry("agent-alias", "bedrock-agent"),
          Map.entry("knowledge-base", "bedrock-agent"),
          Map.entry("flow", "bedrock-agent"),
          Map.entry("flow-alias", "bedrock-agent"),
          Map.entry("prompt", "bedrock-agent"),
          Map.entry("session", "bedrock-agent-runtime"),
          Map.entry("blueprint", "bedrock-data-automation"),
          Map.entry("data-automation-project", "bedrock-data-automation"),
          Map.entry("data-automation-profile", "bedrock-data-automation"),
          Map.entry("data-automation-library", "bedrock-data-automation"),
          Map.entry("data-automation-invocation", "bedrock-data-automation"));

  private ArnOwner() {}

  /** The route of the ARN's service; null if the text is no ARN or of none of them. */
  static Route among(List<Route> routes, String text) {
    String[] arn = text.split(":", 6);
    if (arn.length < 6 || !arn[0].equals("arn")) return null;
    String type = arn[5].split("[/:]", 2)[0];
    String service =
        arn[2].equals("bedrock") ? BEDROCK_RESOURCES.getOrDefault(type, "bedrock") : arn[2];
    for (Route route : routes) {
      if (route.operation().service().equals(service)) return route;
    }
    for (Route route : routes) {
      if (route.operation().signingName().equals(service)) return route;
    }
    return null;
  }

  /** The first ARN in a JSON document, or an empty text. */
  static String first(String json) {
    int start = json.indexOf("\"arn:");
    int end = start < 0 ? -1 : json.indexOf('"', start + 1);
    return end < 0 ? "" : json.substring(start + 1, end);
  }
}
