package dev.outcrop.access;

import dev.outcrop.wire.HttpExchange;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A short-term API key of Bedrock: {@code bedrock-api-key-} and, in base64, the presigned URL of a
 * request that nobody sends. AWS's token generators make them of an access key without asking
 * anyone.
 */
record ShortTermKey(String rawPath, String rawQuery, String host) implements HttpExchange {
  static final String SERVICE = "bedrock";
  static final String PREFIX = "bedrock-api-key-";

  /** The generators add the version when the URL is signed. */
  static final Set<String> UNSIGNED = Set.of("X-Amz-Signature", "Version");

  private static final String ACTION = "CallWithBearerToken";

  static HttpExchange read(String token) {
    String url;
    try {
      byte[] decoded = Base64.getDecoder().decode(token.substring(PREFIX.length()));
      url = new String(decoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusals.unknownApiKey();
    }
    int slash = url.indexOf('/');
    int question = url.indexOf('?');
    if (slash < 0 || question < slash) {
      throw Refusals.unknownApiKey();
    }
    String query = url.substring(question + 1);
    if (!ACTION.equals(Query.parse(query).first("Action"))) {
      throw Refusals.unknownApiKey();
    }
    return new ShortTermKey(url.substring(slash, question), query, url.substring(0, slash));
  }

  @Override
  public String method() {
    return "POST";
  }

  @Override
  public Map<String, List<String>> headers() {
    return Map.of("host", List.of(host));
  }

  @Override
  public InputStream body() {
    return InputStream.nullInputStream();
  }

  @Override
  public OutputStream respond(int status, Map<String, List<String>> headers) {
    throw new IllegalStateException("nobody waits for an answer");
  }

  @Override
  public boolean committed() {
    return false;
  }

  @Override
  public void abort() {}

  @Override
  public void onClientGone(Runnable action) {}

  @Override
  public boolean secure() {
    return true;
  }
}
