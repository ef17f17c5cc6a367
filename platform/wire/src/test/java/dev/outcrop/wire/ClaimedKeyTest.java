package dev.outcrop.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimedKeyTest {
  private static String key(String path, Map<String, String> headers) {
    return ClaimedKey.of(new FakeExchange("POST", path, headers, new byte[0]));
  }

  private static String signedWith(String id) {
    return key(
        "/",
        Map.of(
            "authorization",
            "AWS4-HMAC-SHA256 Credential="
                + id
                + "/20260101/us-east-1/bedrock/aws4_request, SignedHeaders=host, Signature=00"));
  }

  @Test
  void isTheAccessKeyIdOfASignature() {
    assertThat(signedWith("AKIDEXAMPLE")).isEqualTo("AKIDEXAMPLE");
    assertThat(
            key(
                "/?X-Amz-Credential=AKIDEXAMPLE%2F20260101%2Fus-east-1%2Fs3%2Faws4_request",
                Map.of()))
        .isEqualTo("AKIDEXAMPLE");
  }

  @Test
  void isAFingerprintOfATokenAndNeverTheToken() {
    String bearer = key("/", Map.of("authorization", "Bearer swordfish"));
    assertThat(bearer).matches("token-[0-9a-f]{12}").doesNotContain("swordfish");
    assertThat(key("/", Map.of("x-api-key", "swordfish"))).isEqualTo(bearer);
    assertThat(key("/", Map.of("api-key", " swordfish "))).isEqualTo(bearer);
  }

  @Test
  void isNoneWithoutACredentialOrWithOneThatIsNoId() {
    assertThat(key("/", Map.of())).isEqualTo(RequestContext.NO_KEY);
    assertThat(signedWith("a\nb")).isEqualTo(RequestContext.NO_KEY);
    assertThat(signedWith("a".repeat(200))).isEqualTo(RequestContext.NO_KEY);
    assertThat(key("/", Map.of("authorization", "Basic xyz"))).isEqualTo(RequestContext.NO_KEY);
  }
}
