package dev.outcrop.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.wire.RefusedException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApiKeysTest {
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

  /** Made by the Python package aws-bedrock-token-generator 1.1.0 at noon, good for an hour. */
  private static final String SHORT_TERM =
      "bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29tLz9BY3Rpb249Q2FsbFdpdGhCZWFyZXJUb2tlbiZYLUFtei1B"
          + "bGdvcml0aG09QVdTNC1ITUFDLVNIQTI1NiZYLUFtei1DcmVkZW50aWFsPUFLSURFWEFNUExFMDAwMDAwMDElMkYy"
          + "MDI2MDMxMCUyRmV1LXdlc3QtMSUyRmJlZHJvY2slMkZhd3M0X3JlcXVlc3QmWC1BbXotRGF0ZT0yMDI2MDMxMFQx"
          + "MjAwMDBaJlgtQW16LUV4cGlyZXM9MzYwMCZYLUFtei1TaWduZWRIZWFkZXJzPWhvc3QmWC1BbXotU2lnbmF0dXJl"
          + "PWJlOGUxNzZjZGVhZGZiMGFjZDQ1NTE3M2FhZDk4ZDQzYWQ2MjNkMjY4ZTFiZTM4ZmZmZGY1NjMwODk0YmMzODUm"
          + "VmVyc2lvbj0x";

  private static Access access(Instant now) {
    return new Access(TestKeys.both(), InstantSource.fixed(now));
  }

  private static Request bearer(String token) {
    return Request.of("POST", "/v1/chat/completions", null, "authorization", "Bearer " + token);
  }

  private static void refused(Access access, Request request, String code) {
    assertThatThrownBy(() -> access.identify(request))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(code);
              assertThat(refused.status()).isEqualTo(403);
              assertThat(refused.getMessage()).doesNotContain("sk-");
            });
  }

  @Test
  void takesBearerTokensAndApiKeyHeaders() {
    assertThat(access(NOON).identify(bearer(TestKeys.TOKEN))).isEqualTo("team-b");
    Request header = Request.of("POST", "/v1/messages", null, "x-api-key", TestKeys.TOKEN);
    assertThat(access(NOON).identify(header)).isEqualTo("team-b");
  }

  @Test
  void refusesOthers() {
    refused(access(NOON), bearer("sk-team-b-0123456789abcdeF"), "AccessDeniedException");
    refused(access(NOON), bearer(""), "AccessDeniedException");
    refused(access(NOON), bearer(TestKeys.SECRET), "AccessDeniedException");
    refused(access(NOON), Request.of("POST", "/", null), "MissingAuthenticationTokenException");
  }

  @Test
  void takesShortTermKeysMadeOfAnAccessKey() {
    assertThat(access(NOON).identify(bearer(SHORT_TERM))).isEqualTo("team-a");
    assertThat(access(NOON.plusSeconds(3600)).identify(bearer(SHORT_TERM))).isEqualTo("team-a");
    refused(access(NOON.plusSeconds(3601)), bearer(SHORT_TERM), "InvalidSignatureException");
    refused(access(NOON), bearer(SHORT_TERM.replace("VmVy", "VmVs")), "InvalidSignatureException");
    refused(access(NOON), bearer("bedrock-api-key-!"), "AccessDeniedException");
    refused(access(NOON), bearer("bedrock-api-key-aGVsbG8="), "AccessDeniedException");
  }

  @Test
  void letsEverybodyInWithoutKeysUnderTheNameTheyGive() {
    Access open = new Access(Map.of(), InstantSource.fixed(NOON));
    assertThat(open.required()).isFalse();
    assertThat(open.identify(bearer("anything"))).startsWith("token-");
    assertThat(open.identify(Request.of("POST", "/", null))).isEqualTo("none");
  }

  @Test
  void takesNewKeys() {
    Access access = access(NOON);
    access.configure(Map.of("team-c", TestKeys.token("sk-team-c-0123456789abcdef")));
    refused(access, bearer(TestKeys.TOKEN), "AccessDeniedException");
    assertThat(access.identify(bearer("sk-team-c-0123456789abcdef"))).isEqualTo("team-c");
  }

  @Test
  void aSlipDoesNotOpenTheDoor() {
    Access access = access(NOON);
    assertThatThrownBy(() -> access.configure(Map.of())).hasMessageContaining("last key");
    assertThat(access.required()).isTrue();
  }

  @Test
  void knowsWhichModelsAKeyMayUse() {
    KeySettings some = TestKeys.token(TestKeys.TOKEN, "anthropic.*", "outcrop.smollm2*");
    Access access = new Access(Map.of("team-b", some), InstantSource.fixed(NOON));
    assertThat(access.mayUse("team-b", "anthropic.claude-3")).isTrue();
    assertThat(access.mayUse("team-b", "us.anthropic.claude-3")).isFalse();
    assertThat(access.mayUse("team-b", "us.anthropic.claude-3", "anthropic.claude-3")).isTrue();
    assertThat(access.mayUse("team-b", "anthropicXclaude")).isFalse();
    assertThat(access.mayUse("somebody", "meta.llama")).isTrue();
  }

  @Test
  void wantsWholeKeysThatDiffer() {
    assertThatThrownBy(() -> TestKeys.token("short")).hasMessageContaining("16 characters");
    assertThatThrownBy(
            () ->
                new KeySettings(
                    Optional.of("AKID"), Optional.empty(), List.of(), List.of(), Optional.empty()))
        .hasMessageContaining("go together");
    assertThatThrownBy(
            () ->
                new Access(
                    Map.of(
                        "a", TestKeys.token(TestKeys.TOKEN), "b", TestKeys.token(TestKeys.TOKEN)),
                    InstantSource.fixed(NOON)))
        .hasMessageContaining("have the same API key");
  }
}
