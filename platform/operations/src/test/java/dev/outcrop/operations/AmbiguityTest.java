package dev.outcrop.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that could be taken for more than one operation, or for none. */
class AmbiguityTest {
  private final Router router = new Router(OperationIndex.get());

  private Resolution resolve(String signed, String method, String uri, String... headers) {
    Map<String, String> all = new HashMap<>();
    if (signed != null) all.put("authorization", SignedRequest.authorization(signed));
    for (int i = 0; i < headers.length; i += 2) all.put(headers[i], headers[i + 1]);
    String[] parts = uri.split("\\?", 2);
    return router.resolve(method, parts[0], parts.length > 1 ? parts[1] : null, all::get);
  }

  private static String name(Resolution resolution) {
    return switch (resolution) {
      case Resolution.Found found -> found.operation().id();
      case Resolution.UnknownOperation unknown ->
          "unknown:" + (unknown.service() == null ? "" : unknown.service().name());
      case Resolution.NeedsBody body -> "body";
    };
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /agents/ABCDEFGHIJ/, bedrock-agent:PrepareAgent",
    "POST, /agents/ABCDEFGHIJ, bedrock-agent-runtime:InvokeInlineAgent",
    "PUT, /agents, bedrock-agent:CreateAgent",
    "PUT, /agents/, bedrock-agent:CreateAgent",
    "POST, /model/a%2Fb/converse/, bedrock-runtime:Converse",
    "POST, /model/arn:aws:bedrock:us-east-1:1:inference-profile/us.x/converse,"
        + " bedrock-runtime:Converse",
    "GET, /tags/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Aagent%2FA, bedrock-agent:ListTagsForResource",
    "GET, /tags/arn:aws:bedrock:us-east-1:1:knowledge-base/A, bedrock-agent:ListTagsForResource",
    "GET, /tags/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Asession%2FA,"
        + " bedrock-agent-runtime:ListTagsForResource",
    "POST, /model/m/converse-forever, unknown:bedrock",
    "GET, /, unknown:bedrock",
    "POST, //model/m/converse, unknown:bedrock",
    "POST, /model//converse, unknown:bedrock",
    "PUT, /my-bucket/key, unknown:bedrock",
  })
  void bedrock(String method, String uri, String expected) {
    assertThat(name(resolve("bedrock", method, uri))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /browsers/b/sessions/get, bedrock-agentcore:GetBrowserSession",
    "GET, /browsers/b/sessions/get?sessionId=s, bedrock-agentcore:GetBrowserSession",
    "GET, /code-interpreters/c/sessions/get, bedrock-agentcore:GetCodeInterpreterSession",
  })
  void aMissingParameterIsForTheCheckOfTheRequest(String method, String uri, String expected) {
    assertThat(name(resolve("bedrock-agentcore", method, uri))).isEqualTo(expected);
    assertThat(name(resolve(null, method, uri))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, s3:ListBuckets",
    "GET, /?x-id=ListDirectoryBuckets, s3:ListDirectoryBuckets",
    "PUT, /b, s3:CreateBucket",
    "PUT, /b/, s3:CreateBucket",
    "GET, /b?list-type=2&prefix=, s3:ListObjectsV2",
    "GET, /b/?list-type=2, s3:ListObjectsV2",
    "GET, /b?prefix=x, s3:ListObjects",
    "GET, /b?location, s3:GetBucketLocation",
    "GET, /b?analytics&id=1, s3:GetBucketAnalyticsConfiguration",
    "GET, /b?analytics, s3:ListBucketAnalyticsConfigurations",
    "GET, /b/k, s3:GetObject",
    "GET, /b/model/m/converse, s3:GetObject",
    "GET, /b/k?acl=, s3:GetObjectAcl",
    "GET, /b/k?uploadId=1, s3:ListParts",
    "PUT, /b/k?partNumber=1&uploadId=1, s3:UploadPart",
    "POST, /b/k?uploads, s3:CreateMultipartUpload",
    "POST, /b/k?uploadId=1, s3:CompleteMultipartUpload",
    "DELETE, /b/k?uploadId=1, s3:AbortMultipartUpload",
    "POST, /b?delete, s3:DeleteObjects",
    "PUT, /b/k?tomorrows-subresource, unknown:s3",
    "PUT, /b?tomorrows-subresource, unknown:s3",
    "PATCH, /b/k, unknown:s3",
    "GET, //k, unknown:s3",
  })
  void s3(String method, String uri, String expected) {
    assertThat(name(resolve("s3", method, uri))).isEqualTo(expected);
  }

  @Test
  void headersTellCopiesFromUploads() {
    String[] copy = {"x-amz-copy-source", "/a/b"};
    assertThat(name(resolve("s3", "PUT", "/b/k", copy))).isEqualTo("s3:CopyObject");
    assertThat(name(resolve("s3", "PUT", "/b/k?partNumber=1&uploadId=1", copy)))
        .isEqualTo("s3:UploadPartCopy");
    assertThat(name(resolve("s3", "PUT", "/b/k"))).isEqualTo("s3:PutObject");
  }

  @ParameterizedTest
  @CsvSource({
    "bucket.localhost:4566, /a//b/, bucket, a//b/",
    "bucket.s3.localhost:4566, /k, bucket, k",
    "my.dotted.s3.us-east-1.amazonaws.com, /k, my.dotted, k",
    "localhost:4566, /bucket//a%2F/b, bucket, /a%2F/b",
    "s3.localhost:4566, /bucket/k, bucket, k",
    "127.0.0.1:4566, /bucket/k, bucket, k",
    "[::1]:4566, /bucket/k, bucket, k",
  })
  void bucketsStandInHostOrPath(String host, String path, String bucket, String key) {
    Resolution resolution = resolve("s3", "GET", path, "host", host);
    assertThat(resolution).isInstanceOf(Resolution.Found.class);
    assertThat(((Resolution.Found) resolution).labels())
        .isEqualTo(Map.of("Bucket", bucket, "Key", key));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /model/m/converse, bedrock-runtime:Converse",
    "GET, /my-bucket/key, s3:GetObject",
    "GET, /, s3:ListBuckets",
    "PUT, /knowledgebases/x/y/z, unknown:",
    "PUT, /model, unknown:",
    "PUT, /NoBucket, unknown:",
  })
  void unsigned(String method, String uri, String expected) {
    assertThat(name(resolve(null, method, uri))).isEqualTo(expected);
  }

  @Test
  void bearersNeverReachS3() {
    String[] bearer = {"authorization", "Bearer bedrock-api-key-abc"};
    assertThat(name(resolve(null, "POST", "/model/m/converse", bearer)))
        .isEqualTo("bedrock-runtime:Converse");
    assertThat(name(resolve(null, "PUT", "/my-bucket", bearer))).isEqualTo("unknown:");
  }

  @Test
  void presignedAndOldSignaturesNameTheirService() {
    String credential = "X-Amz-Credential=AK%2F20260101%2Fus-east-1%2Fs3%2Faws4_request";
    assertThat(name(resolve(null, "GET", "/model/m?" + credential))).isEqualTo("s3:GetObject");
    assertThat(name(resolve(null, "GET", "/b/k", "authorization", "AWS AK:sig")))
        .isEqualTo("s3:GetObject");
    String sigv4a = "AWS4-ECDSA-P256-SHA256 Credential=AK/20260101/s3/aws4_request, Signature=x";
    assertThat(name(resolve(null, "GET", "/b/k", "authorization", sigv4a)))
        .isEqualTo("s3:GetObject");
  }

  @Test
  void sharedTagOperationsLookIntoTheBody() {
    Resolution resolution = resolve("bedrock", "POST", "/tagResource");
    assertThat(resolution).isInstanceOf(Resolution.NeedsBody.class);
    var decide = ((Resolution.NeedsBody) resolution).decide();
    String blueprint = "{\"resourceARN\":\"arn:aws:bedrock:us-east-1:1:blueprint/x\"}";
    String guardrail = "{\"resourceARN\":\"arn:aws:bedrock:us-east-1:1:guardrail/x\"}";
    assertThat(name(decide.apply(blueprint.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo("bedrock-data-automation:TagResource");
    assertThat(name(decide.apply(guardrail.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo("bedrock:TagResource");
    assertThat(name(decide.apply(new byte[0]))).isEqualTo("bedrock:TagResource");
  }

  @Test
  void cloudWatchIsCalledInThreeWays() {
    String rpc = "/service/GraniteServiceVersion20100801/operation/PutMetricData";
    Resolution cbor = resolve("monitoring", "POST", rpc, "smithy-protocol", "rpc-v2-cbor");
    String target = "GraniteServiceVersion20100801.PutMetricData";
    Resolution json =
        resolve(
            "monitoring",
            "POST",
            "/",
            "x-amz-target",
            target,
            "content-type",
            "application/x-amz-json-1.0");
    Resolution query = resolve("monitoring", "GET", "/?Action=PutMetricData&Version=2010-08-01");
    assertThat(((Resolution.Found) cbor).protocol()).isEqualTo(Protocol.RPC_V2_CBOR);
    assertThat(((Resolution.Found) json).protocol()).isEqualTo(Protocol.AWS_JSON_1_0);
    assertThat(((Resolution.Found) query).protocol()).isEqualTo(Protocol.QUERY);
  }

  @Test
  void unknownNamesStayWithTheirService() {
    assertThat(name(resolve("kms", "POST", "/", "x-amz-target", "TrentService.Frobnicate")))
        .isEqualTo("unknown:kms");
    assertThat(name(resolve("kms", "POST", "/", "x-amz-target", "Nonsense"))).isEqualTo("unknown:");
    assertThat(name(resolve("iam", "GET", "/?Action=Frobnicate&Version=2010-05-08")))
        .isEqualTo("unknown:iam");
    assertThat(name(resolve("ec2", "POST", "/"))).isEqualTo("unknown:");
    assertThat(name(resolve("dynamodb", "PUT", "/my-bucket/key"))).isEqualTo("unknown:");
  }

  @Test
  void aFormSentByHabitIsStillAPath() {
    Resolution resolution =
        resolve(
            null, "POST", "/model/m/converse", "content-type", "application/x-www-form-urlencoded");
    assertThat(name(resolution)).isEqualTo("bedrock-runtime:Converse");
  }
}
