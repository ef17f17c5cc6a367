package dev.outcrop.benchmarks;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** A request of AWS, signed with Signature Version 4 by the SDK's own signer. */
final class SignedRequest {
  static final String ACCESS_KEY = "AKIAOUTCROPBENCHMARK";
  static final String SECRET = "benchmark/secret/0123456789abcdefghijklm";

  private SignedRequest() {}

  /** The bytes of it; good for some minutes. */
  static byte[] bytes(String method, String path, String service, String json) {
    SdkHttpRequest plain =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(method))
            .uri(URI.create("http://localhost" + path))
            .putHeader("Host", "localhost")
            .putHeader("Content-Type", "application/json")
            .build();
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                r ->
                    r.identity(AwsCredentialsIdentity.create(ACCESS_KEY, SECRET))
                        .request(plain)
                        .payload(ContentStreamProvider.fromUtf8String(json))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"))
            .request();
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    signed
        .headers()
        .forEach(
            (name, values) -> {
              if (!name.equalsIgnoreCase("content-length")) {
                head.append(name).append(": ").append(values.getFirst()).append("\r\n");
              }
            });
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    return (head + json).getBytes(StandardCharsets.UTF_8);
  }
}
