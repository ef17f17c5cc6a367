package dev.outcrop.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Which credential a request says it comes with; nothing here is checked. */
public final class ClaimedKey {
  /**
   * What access key ids look like; anything else would let a client write into logs and ledgers.
   */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

  private static final String CREDENTIAL = "Credential=";
  private static final String IN_QUERY = "X-Amz-Credential=";
  private static final String BEARER = "Bearer ";
  private static final int FINGERPRINT = 6;

  private ClaimedKey() {}

  /**
   * The access key id of a signed request, a fingerprint of a bearer token or API key, or {@link
   * RequestContext#NO_KEY}.
   */
  public static String of(HttpExchange exchange) {
    String authorization = exchange.header("authorization");
    if (authorization != null) {
      return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
          ? fingerprint(authorization.substring(BEARER.length()).strip())
          : id(authorization, CREDENTIAL, "/");
    }
    String apiKey = apiKey(exchange);
    if (apiKey != null) {
      return fingerprint(apiKey);
    }
    String query = exchange.rawQuery();
    return query == null || !query.contains(IN_QUERY)
        ? RequestContext.NO_KEY
        : id(query.replace("%2F", "/").replace("%2f", "/"), IN_QUERY, "/");
  }

  /**
   * The key in {@code x-api-key}, where Anthropic's clients have it, or {@code api-key}, where some
   * of OpenAI's do; null without one.
   */
  public static String apiKey(HttpExchange exchange) {
    String key = exchange.header("x-api-key");
    if (key == null) {
      key = exchange.header("api-key");
    }
    return key == null ? null : key.strip();
  }

  private static String id(String text, String before, String after) {
    int at = text.indexOf(before);
    int end = at < 0 ? -1 : text.indexOf(after, at);
    String id = end < 0 ? "" : text.substring(at + before.length(), end);
    return ID.matcher(id).matches() ? id : RequestContext.NO_KEY;
  }

  /** {@code token-} and the first six bytes of the token's SHA-256: enough to tell tokens apart. */
  public static String fingerprint(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return "token-" + HexFormat.of().formatHex(digest, 0, FINGERPRINT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
