package dev.outcrop.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What broken and hostile requests are answered: an error of the caller's, in time. */
class MalformedTest {
  private static final Dispatcher DISPATCHER = new Dispatcher(Toys.all());
  private static final String CONVERSE = "/model/m/converse";
  private static final String RIGHT =
      "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"hi\"}]}]}";

  private static FakeExchange send(
      String method, String path, Map<String, String> headers, byte[] body) {
    FakeExchange exchange = new FakeExchange(method, path, headers, body);
    org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> DISPATCHER.handle(exchange));
    return exchange;
  }

  private static FakeExchange converse(String body) {
    return send("POST", CONVERSE, Map.of(), body.getBytes(UTF_8));
  }

  @Test
  void answersTheRightRequest() {
    assertThat(converse(RIGHT).status).isEqualTo(200);
  }

  /** Emptied on the way: its length is not signed, its digest is. */
  @Test
  void refusesAnEmptyBodyThatWasAnother() {
    String digest = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"; // hello
    FakeExchange emptied =
        send(
            "POST",
            CONVERSE,
            Map.of("content-length", "0", "x-amz-content-sha256", digest),
            new byte[0]);
    assertThat(emptied.status).isEqualTo(400);
    assertThat(emptied.text()).contains("x-amz-content-sha256");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "null",
        "5",
        "\"x\"",
        "{\"messages\":5}",
        "{\"messages\":[5]}",
        "{} {}",
        "{\"messages\":{}}",
        "{\"messages\":[{\"role\":[]}]}",
        "{\"inferenceConfig\":{\"maxTokens\":1e999999999}}",
        "{\"inferenceConfig\":{\"maxTokens\":99999999999}}",
        "{\"messages\":[{\"role\":\"user\"",
        "{\"inferenceConfig\":{\"maxTokens\":\"5\"}}",
        "{\"messages\":tru}",
        "\u0000",
        "<xml/>",
        "{\"messages\":[{\"content\":[{\"image\":{\"source\":{\"bytes\":\"***\"}}}]}]}"
      })
  void refusesBodiesThatAreNotTheRequest(String body) {
    FakeExchange answer = converse(body);
    assertThat(answer.status).as(answer.text()).isEqualTo(400);
    assertThat(answer.answered.get("x-amzn-ErrorType").getFirst())
        .containsAnyOf("SerializationException", "ValidationException");
    assertThat(answer.answered.get("x-amzn-RequestId").getFirst()).hasSize(36);
  }

  @Test
  void refusesWhatIsTooDeepOrTooLarge() throws IOException {
    String deep = "{\"additionalModelRequestFields\":" + "[".repeat(100_000);
    assertThat(converse(deep).status).isEqualTo(400);
    String skipped = "{\"unknown\":" + "{\"a\":".repeat(100_000);
    assertThat(converse(skipped).status).isEqualTo(400);
    String form = "Action=CreateRole&Version=2010-05-08&Tags" + ".member.1".repeat(5000) + "=x";
    var type = Map.of("content-type", "application/x-www-form-urlencoded");
    assertThat(send("POST", "/", type, form.getBytes(UTF_8)).status).isEqualTo(400);
    var bomb = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bomb)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 70; i++) {
        zip.write(zeros);
      }
    }
    var gzip = Map.of("content-encoding", "gzip");
    assertThat(send("POST", CONVERSE, gzip, bomb.toByteArray()).status).isEqualTo(413);
    assertThat(send("POST", CONVERSE, gzip, "no gzip".getBytes(UTF_8)).status).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
        "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>",
        "<a",
        "<a><b></a>",
        "<a>&nope;</a>",
        "",
        "not xml"
      })
  void neverReadsEntitiesOfDocuments(String xml) {
    var builder = software.amazon.awssdk.services.s3.model.CreateBucketConfiguration.builder();
    var shape = dev.outcrop.wire.shape.Shape.of((software.amazon.awssdk.core.SdkPojo) builder);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () ->
                dev.outcrop.wire.xml.XmlReader.read(
                    xml.getBytes(UTF_8), (software.amazon.awssdk.core.SdkPojo) builder, shape))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void answersUnknownPathsAndTargets() {
    FakeExchange path = send("GET", "/no/such/Path", Map.of(), new byte[0]);
    assertThat(path.status).isEqualTo(404);
    assertThat(path.text()).contains("/no/such/Path");
    var target =
        Map.of("x-amz-target", "Nope.Nothing", "content-type", "application/x-amz-json-1.1");
    FakeExchange json = send("POST", "/", target, "{}".getBytes(UTF_8));
    assertThat(json.status).isEqualTo(404);
    assertThat(json.text()).contains("\"__type\":\"UnknownOperationException\"");
    FakeExchange xml = send("GET", "/bucket?acl", Map.of(), new byte[0]);
    assertThat(xml.status).isEqualTo(501);
    assertThat(xml.text())
        .contains("<Code>NotImplementedException</Code>")
        .contains("GetBucketAcl");
  }

  @Test
  void survivesBytesChangedAtRandom() {
    Map<Integer, Integer> statuses = new TreeMap<>();
    Random random = new Random(3);
    List<String> rights =
        List.of(
            RIGHT,
            "Action=CreateRole&Version=2010-05-08&RoleName=r&AssumeRolePolicyDocument=%7B%7D");
    for (int i = 0; i < 4000; i++) {
      byte[] bytes = rights.get(i % 2).getBytes(UTF_8);
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      FakeExchange answer =
          i % 2 == 0
              ? send("POST", CONVERSE, Map.of(), bytes)
              : send(
                  "POST", "/", Map.of("content-type", "application/x-www-form-urlencoded"), bytes);
      statuses.merge(answer.status, 1, Integer::sum);
      assertThat(answer.status).as(new String(bytes, ISO_8859_1)).isLessThan(500);
    }
    assertThat(statuses.keySet()).contains(200, 400);
  }

  @Test
  void survivesRandomFramesOfEvents() {
    Random random = new Random(5);
    for (int i = 0; i < 1000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      if (bytes.length > 4) {
        bytes[0] = bytes[1] = bytes[2] = 0;
      }
      FakeExchange answer =
          send("POST", "/model/m/invoke-with-bidirectional-stream", Map.of(), bytes);
      // The head goes before the first frame is read, so errors come as exception events.
      assertThat(answer.status).isIn(200, 400);
    }
  }
}
