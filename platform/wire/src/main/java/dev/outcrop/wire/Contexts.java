package dev.outcrop.wire;

import dev.outcrop.operations.Operation;
import java.util.regex.Pattern;

/** What a request's head says about who asks and where. */
final class Contexts {
  private static final Pattern REGION = Pattern.compile("[a-z]{2,3}(-[a-z]+)+-\\d{1,2}");
  private static final String CREDENTIAL = "Credential=";
  private static final String CALLER = "arn:aws:iam::" + RequestContext.DEFAULT_ACCOUNT + ":root";

  private Contexts() {}

  static RequestContext of(HttpExchange exchange, String requestId, Operation operation) {
    return new RequestContext(
        requestId,
        RequestContext.DEFAULT_ACCOUNT,
        region(exchange),
        CALLER,
        ClaimedKey.of(exchange),
        operation,
        CallerTrace.of(exchange));
  }

  /** The region of the SigV4 scope, in a header or a presigned URL. */
  private static String region(HttpExchange exchange) {
    String region = null;
    String authorization = exchange.header("authorization");
    if (authorization != null) {
      region = region(authorization, "/");
    } else if (exchange.rawQuery() != null && exchange.rawQuery().contains("X-Amz-Credential=")) {
      region = region(exchange.rawQuery().replace("%2F", "/"), "/");
    }
    return region == null ? RequestContext.DEFAULT_REGION : region;
  }

  // Credential=KEY/DATE/REGION/SERVICE/aws4_request
  private static String region(String text, String slash) {
    int at = text.indexOf(CREDENTIAL);
    int date = at < 0 ? -1 : text.indexOf(slash, at);
    int start = date < 0 ? -1 : text.indexOf(slash, date + 1);
    int end = start < 0 ? -1 : text.indexOf(slash, start + 1);
    if (end < 0) {
      return null;
    }
    String region = text.substring(start + 1, end);
    return REGION.matcher(region).matches() ? region : null;
  }
}
