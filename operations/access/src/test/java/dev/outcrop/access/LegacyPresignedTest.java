package dev.outcrop.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.operations.OperationIndex;
import dev.outcrop.wire.RefusedException;
import dev.outcrop.wire.RequestContext;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/** A URL that boto3 1.43 presigned at noon for a minute. */
class LegacyPresignedTest {
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
  private static final String PATH = "/bkt/a%20folder/%C3%BC%2B~%20%281%29//x%20y.txt";
  private static final String QUERY =
      "response-content-type=text%2Fx%3B%20a%3Db&versionId=v1&AWSAccessKeyId=AKIDEXAMPLE00000001"
          + "&Signature=8HwbbRZhzz2krhe8W%2FkgzgCJhJs%3D&Expires=1773144060";

  private static String admit(Request request, Class<?> operation, Instant now) {
    Access access = new Access(TestKeys.both(), InstantSource.fixed(now));
    RequestContext context =
        new RequestContext(
            "r",
            "000000000000",
            "us-east-1",
            "arn",
            OperationIndex.get().byRequestClass(operation));
    return access.admit(request, new byte[0], context).key();
  }

  private static Request get(String path, String query) {
    return Request.of("GET", path, query, "host", "127.0.0.1:4999");
  }

  private static void refused(Request request, Class<?> operation, Instant now, String code) {
    assertThatThrownBy(() -> admit(request, operation, now))
        .isInstanceOfSatisfying(
            RefusedException.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  @Test
  void isGoodUntilItExpires() {
    assertThat(admit(get(PATH, QUERY), GetObjectRequest.class, NOON)).isEqualTo("team-a");
    refused(get(PATH, QUERY), GetObjectRequest.class, NOON.plusSeconds(61), "RequestTimeTooSkewed");
  }

  @Test
  void isGoodForNothingElse() {
    String wrong = "SignatureDoesNotMatch";
    refused(get(PATH + "x", QUERY), GetObjectRequest.class, NOON, wrong);
    refused(get(PATH, QUERY.replace("v1", "v2")), GetObjectRequest.class, NOON, wrong);
    refused(get(PATH, QUERY.replace("4060", "4061")), GetObjectRequest.class, NOON, wrong);
    refused(get(PATH, QUERY + "&acl"), GetObjectRequest.class, NOON, wrong);
    refused(get(PATH, QUERY).with("x-amz-acl", "public-read"), GetObjectRequest.class, NOON, wrong);
    refused(
        get(PATH, QUERY.replace("00000001", "00000002")),
        GetObjectRequest.class,
        NOON,
        "InvalidAccessKeyId");
    refused(get(PATH, QUERY), ConverseRequest.class, NOON, "IncompleteSignatureException");
    refused(
        get(PATH, QUERY.replace("&Expires=1773144060", "")),
        GetObjectRequest.class,
        NOON,
        "AuthorizationHeaderMalformed");
  }
}
