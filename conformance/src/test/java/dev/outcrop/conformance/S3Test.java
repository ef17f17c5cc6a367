package dev.outcrop.conformance;

import static dev.outcrop.conformance.clients.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.conformance.clients.Blobs;
import dev.outcrop.conformance.clients.Client;
import dev.outcrop.conformance.clients.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Buckets and objects. */
final class S3Test {
  private static final int LARGE = 15 * 1024 * 1024;
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void objectsComeBackAsTheyWereStored(Kind kind) {
    Client client = kind.client();
    String bucket = bucket(client, kind, "objects");
    JsonNode put =
        client
            .call(
                "s3",
                "PutObject",
                json(
                    """
                    {"Bucket": "%s", "Key": "notes/grüße & more.txt", "Body": {"$text": "Guten Tag"},
                     "ContentType": "text/plain", "Metadata": {"team": "geology"}}
                    """,
                    bucket))
            .ok();
    JsonNode object = json("{\"Bucket\": \"%s\", \"Key\": \"notes/grüße & more.txt\"}", bucket);
    JsonNode head = client.call("s3", "HeadObject", object).ok();
    JsonNode got = client.call("s3", "GetObject", object).ok();

    assertThat(put.path("ETag").asText()).matches("\"[0-9a-f]{32}\"");
    assertThat(head.path("ETag")).isEqualTo(put.path("ETag"));
    assertThat(head.path("ContentLength").asLong()).isEqualTo(9);
    assertThat(head.path("ContentType").asText()).isEqualTo("text/plain");
    assertThat(head.path("Metadata")).isEqualTo(json("{\"team\": \"geology\"}"));
    assertThat(got.path("Body").asText()).isEqualTo("Guten Tag");

    JsonNode range = object.<ObjectNode>deepCopy().put("Range", "bytes=6-8");
    JsonNode part = client.call("s3", "GetObject", range).ok();
    assertThat(part.path("Body").asText()).isEqualTo("Tag");
    assertThat(part.path("ContentRange").asText()).isEqualTo("bytes 6-8/9");

    client.call("s3", "DeleteObject", object).ok();
    client.call("s3", "GetObject", object).failedTyped("NoSuchKey", 404);
  }

  @ParameterizedTest
  @EnumSource
  void largeFilesArriveWhole(Kind kind) throws Exception {
    Client client = kind.client();
    String bucket = bucket(client, kind, "large");
    byte[] bytes = new byte[LARGE];
    new Random(15).nextBytes(bytes);
    Path file = Files.write(folder.resolve("large.bin"), bytes);

    client.upload(bucket, "large.bin", file).ok();

    JsonNode got = client.call("s3", "GetObject", object(bucket, "large.bin")).ok();
    assertThat(got.path("Body")).isEqualTo(Blobs.shown(bytes));
  }

  @ParameterizedTest
  @EnumSource
  void listingsHaveFoldersAndPages(Kind kind) {
    Client client = kind.client();
    String bucket = bucket(client, kind, "listing");
    for (String key : List.of("a/1.txt", "a/2.txt", "a/b/3.txt", "c.txt")) {
      client
          .call(
              "s3",
              "PutObject",
              json(
                  "{\"Bucket\": \"%s\", \"Key\": \"%s\", \"Body\": {\"$text\": \"x\"}}",
                  bucket, key))
          .ok();
    }

    JsonNode folder =
        client
            .call(
                "s3",
                "ListObjectsV2",
                json("{\"Bucket\": \"%s\", \"Prefix\": \"a/\", \"Delimiter\": \"/\"}", bucket))
            .ok();
    assertThat(folder.path("Contents").findValuesAsText("Key"))
        .containsExactly("a/1.txt", "a/2.txt");
    assertThat(folder.path("CommonPrefixes").findValuesAsText("Prefix")).containsExactly("a/b/");

    List<String> keys = new ArrayList<>();
    String token = null;
    int pages = 0;
    do {
      String more = token == null ? "" : ", \"ContinuationToken\": \"" + token + "\"";
      JsonNode page =
          client
              .call(
                  "s3",
                  "ListObjectsV2",
                  json("{\"Bucket\": \"%s\", \"MaxKeys\": 3%s}", bucket, more))
              .ok();
      keys.addAll(page.path("Contents").findValuesAsText("Key"));
      token = page.path("NextContinuationToken").textValue();
      pages++;
    } while (token != null);
    assertThat(keys).containsExactly("a/1.txt", "a/2.txt", "a/b/3.txt", "c.txt");
    assertThat(pages).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void missingBucketsAreTheirOwnError(Kind kind) {
    kind.client()
        .call("s3", "ListObjectsV2", json("{\"Bucket\": \"no-such-bucket-here\"}"))
        .failedTyped("NoSuchBucket", 404);
  }

  @ParameterizedTest
  @EnumSource
  void presignedUrlsNeedNoClient(Kind kind) throws Exception {
    Client client = kind.client();
    assumeFalse(client.lacks(Client.Lack.HTTP), "no URL without a server");
    String bucket = bucket(client, kind, "presigned");
    try (HttpClient http = HttpClient.newHttpClient()) {
      if (client.lacks(Client.Lack.PRESIGNED_PUT)) {
        client
            .call(
                "s3",
                "PutObject",
                json(
                    "{\"Bucket\": \"%s\", \"Key\": \"k\", \"Body\": {\"$text\": \"signed\"}}",
                    bucket))
            .ok();
      } else {
        URI put = url(client, "PutObject", bucket);
        HttpResponse<String> stored =
            http.send(
                HttpRequest.newBuilder(put)
                    .PUT(HttpRequest.BodyPublishers.ofString("signed"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
      }
      HttpResponse<String> got =
          http.send(
              HttpRequest.newBuilder(url(client, "GetObject", bucket)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(got.statusCode()).as(got.body()).isEqualTo(200);
      assertThat(got.body()).isEqualTo("signed");
    }
  }

  private static URI url(Client client, String operation, String bucket) {
    return URI.create(client.presign(operation, object(bucket, "k")).ok().path("url").asText());
  }

  private static JsonNode object(String bucket, String key) {
    return json("{\"Bucket\": \"%s\", \"Key\": \"%s\"}", bucket, key);
  }

  private static String bucket(Client client, Kind kind, String name) {
    String bucket = name + "-" + kind.label();
    client.call("s3", "CreateBucket", json("{\"Bucket\": \"%s\"}", bucket)).ok();
    return bucket;
  }
}
