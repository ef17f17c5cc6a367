package dev.outcrop.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever arrives, the router answers and does not throw. */
class HostileRequestTest {
  private static final List<String> PIECES =
      List.of(
          "/",
          "//",
          "%2F",
          "%",
          "%zz",
          "..",
          ".",
          "arn:",
          "arn:aws:bedrock:x:1:agent/",
          "{",
          "}",
          "{modelId}",
          "model",
          "agents",
          "tags",
          "converse",
          "\u0000",
          "\ud800",
          "é",
          " ",
          "?",
          "&",
          "=",
          "Action",
          "Version=2010-05-08",
          "X-Amz-Credential=",
          "service",
          "operation",
          "+",
          ":",
          "*",
          "2015-03-31",
          "functions",
          "a".repeat(300));
  private static final List<String> HEADERS =
      List.of(
          "authorization",
          "host",
          "content-type",
          "x-amz-target",
          "smithy-protocol",
          "user-agent",
          "x-amz-copy-source");
  private static final List<String> VALUES =
      List.of(
          "",
          ",",
          "AWS4-HMAC-SHA256 Credential=",
          "AWS4-HMAC-SHA256 Credential=///,",
          "AWS4-HMAC-SHA256 Credential=a/b/c/s3/aws4_request",
          "Bearer ",
          "AWS ",
          ".",
          "..",
          ":",
          ".s3.",
          ".localhost",
          "[",
          "b.localhost:x",
          "application/x-www-form-urlencoded",
          ";",
          "application/x-amz-json-1.1; charset",
          "TrentService.",
          ".Encrypt",
          "rpc-v2-cbor",
          " api/",
          "x api/#",
          "x api/bedrock#1");

  private final Router router = new Router(OperationIndex.get());

  @Test
  void randomRequestsAreAnswered() {
    long seed = Long.getLong("seed", 42);
    Random random = new Random(seed);
    for (int i = 0; i < 200_000; i++) {
      Map<String, String> headers = new HashMap<>();
      for (int n = random.nextInt(4); n > 0; n--) {
        headers.put(pick(HEADERS, random), pick(VALUES, random) + pick(PIECES, random));
      }
      String path = (random.nextInt(20) == 0 ? "" : "/") + text(random);
      String query = random.nextInt(3) == 0 ? text(random) : null;
      Resolution result;
      try {
        result = router.resolve(random.nextBoolean() ? "POST" : "GET", path, query, headers::get);
        if (result instanceof Resolution.NeedsBody needs) {
          result = needs.decide().apply(text(random).getBytes(StandardCharsets.UTF_8));
        }
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + path + "?" + query + " " + headers, e);
      }
      assertThat(result).isNotNull().isNotInstanceOf(Resolution.NeedsBody.class);
    }
  }

  @Test
  void endlessPathsEnd() {
    for (String piece : List.of("/", "/a", "/arn:", "/model", "/tags/arn:", "%2F")) {
      String path = "/model" + piece.repeat(100_000);
      for (String signed : new String[] {"bedrock", "s3", "lambda"}) {
        Map<String, String> headers =
            Map.of("authorization", SignedRequest.authorization(signed), "host", "localhost");
        assertThat(router.resolve("POST", path, "a=" + path, headers::get)).isNotNull();
      }
    }
  }

  @Test
  void nothingAtAllIsAnswered() {
    assertThat(router.resolve("GET", null, null, name -> null)).isNotNull();
    assertThat(router.resolve("", "", "", name -> null)).isNotNull();
    assertThat(router.resolve("OPTIONS", "*", null, name -> null))
        .isInstanceOf(Resolution.UnknownOperation.class);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(8); n > 0; n--) text.append(pick(PIECES, random));
    return text.toString();
  }

  private static String pick(List<String> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }
}
