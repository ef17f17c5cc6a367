package dev.outcrop.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.operations.OperationIndex;
import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.RefusedException;
import dev.outcrop.wire.RequestContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.model.ListUsersRequest;

/** The signing example of the IAM user guide, and what happens when anything of it is changed. */
class VerificationTest {
  private static final Instant THEN = Instant.parse("2015-08-30T12:36:00Z");
  private static final String CREDENTIAL =
      "Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request";
  private static final String HEADERS = "SignedHeaders=content-type;host;x-amz-date";
  private static final String SIGNATURE =
      "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";
  private static final Request EXAMPLE =
      Request.of(
          "GET",
          "/",
          "Action=ListUsers&Version=2010-05-08",
          "host",
          "iam.amazonaws.com",
          "content-type",
          "application/x-www-form-urlencoded; charset=utf-8",
          "x-amz-date",
          "20150830T123600Z",
          "authorization",
          "AWS4-HMAC-SHA256 " + String.join(", ", CREDENTIAL, HEADERS, SIGNATURE));

  private static final RequestContext CONTEXT =
      new RequestContext(
          "r",
          "000000000000",
          "us-east-1",
          "arn",
          OperationIndex.get().byRequestClass(ListUsersRequest.class));

  private static String admit(HttpExchange request, byte[] body, Instant now) {
    Access access =
        new Access(
            Map.of(
                "guide",
                TestKeys.signing(
                    "AKIDEXAMPLE", TestKeys.SECRET, Optional.of("2020-01-01T00:00:00Z"))),
            InstantSource.fixed(now));
    return access.admit(request, body, CONTEXT).key();
  }

  private static String admit(HttpExchange request) {
    return admit(request, new byte[0], THEN);
  }

  private static void refused(Request request, byte[] body, Instant now, String code) {
    assertThatThrownBy(() -> admit(request, body, now))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(code);
              assertThat(refused.status()).isEqualTo(403);
            });
  }

  private static void refused(Request request, String code) {
    refused(request, new byte[0], THEN, code);
  }

  @Test
  void takesTheDocumentedExample() {
    assertThat(admit(EXAMPLE)).isEqualTo("guide");
    String packed =
        EXAMPLE.header("authorization").replace(", ", ",").replace("Credential", " Credential");
    assertThat(admit(EXAMPLE.with("authorization", packed))).isEqualTo("guide");
  }

  @Test
  void refusesWhenAnythingSignedIsChanged() {
    refused(EXAMPLE.with("host", "sts.amazonaws.com"), "SignatureDoesNotMatch");
    refused(EXAMPLE.with("content-type", "text/plain"), "SignatureDoesNotMatch");
    refused(
        new Request("POST", "/", EXAMPLE.rawQuery(), EXAMPLE.headers()), "SignatureDoesNotMatch");
    refused(
        new Request("GET", "/a", EXAMPLE.rawQuery(), EXAMPLE.headers()), "SignatureDoesNotMatch");
    refused(new Request("GET", "/", "Action=GetUser", EXAMPLE.headers()), "SignatureDoesNotMatch");
    refused(EXAMPLE, "other body".getBytes(StandardCharsets.UTF_8), THEN, "SignatureDoesNotMatch");
    refused(EXAMPLE.with("x-amz-target", "unsigned"), "SignatureDoesNotMatch");
    refused(EXAMPLE.with("x-amz-content-sha256", "UNSIGNED-PAYLOAD"), "SignatureDoesNotMatch");
  }

  @Test
  void refusesWhatIsTooOldOrTooNew() {
    assertThat(admit(EXAMPLE, new byte[0], THEN.plusSeconds(899))).isEqualTo("guide");
    assertThat(admit(EXAMPLE, new byte[0], THEN.minusSeconds(899))).isEqualTo("guide");
    refused(EXAMPLE, new byte[0], THEN.plusSeconds(901), "SignatureDoesNotMatch");
    refused(EXAMPLE, new byte[0], THEN.minusSeconds(901), "SignatureDoesNotMatch");
  }

  @Test
  void refusesOtherKeysServicesAndSessions() {
    String authorization = EXAMPLE.header("authorization");
    refused(
        EXAMPLE.with("authorization", authorization.replace("AKIDEXAMPLE", "AKIDOTHER")),
        "InvalidClientTokenId");
    refused(
        EXAMPLE.with("authorization", authorization.replace("/iam/", "/sts/")),
        "SignatureDoesNotMatch");
    refused(
        Request.of("GET", "/", EXAMPLE.rawQuery(), "host", "iam.amazonaws.com"),
        "MissingAuthenticationToken");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS4-HMAC-SHA256 ",
        "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=00",
        "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=host",
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request,"
            + " SignedHeaders=x-amz-date, Signature=00",
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150831/us-east-1/iam/aws4_request,"
            + " SignedHeaders=host, Signature=00",
        "AWS4-ECDSA-P256-SHA256 Credential=x",
        "AWS AKIDEXAMPLE:c2lnbmF0dXJl",
        "Basic dXNlcjpwYXNz",
        ""
      })
  void refusesWhatIsNoSignature(String authorization) {
    refused(EXAMPLE.with("authorization", authorization), "IncompleteSignature");
  }

  @Test
  void refusesAKeyThatIsNoLongerGood() {
    Access access =
        new Access(
            Map.of(
                "guide",
                TestKeys.signing(
                    "AKIDEXAMPLE", TestKeys.SECRET, Optional.of("2015-08-30T12:00:00Z"))),
            InstantSource.fixed(THEN));
    assertThatThrownBy(() -> access.admit(EXAMPLE, new byte[0], CONTEXT))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.code()).isEqualTo("ExpiredToken"));
  }
}
