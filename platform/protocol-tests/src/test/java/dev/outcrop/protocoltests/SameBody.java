package dev.outcrop.protocoltests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import software.amazon.smithy.protocoltests.traits.HttpResponseTestCase;

/** Compares bodies by what they mean. */
final class SameBody {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper CBOR = new CBORMapper();

  private SameBody() {}

  static void check(Call call, HttpResponseTestCase test, byte[] actual, boolean error) {
    byte[] expected = RequestCase.bytes(call, test.getBody().orElseThrow());
    String type = test.getBodyMediaType().orElse("").replaceFirst(";.*", "");
    switch (type) {
      case "application/json" -> tree(JSON, expected, actual, error);
      case "application/cbor" -> tree(CBOR, expected, actual, error);
      case "application/xml", "text/xml" ->
          assertThat(SameXml.plain(actual, call, error))
              .isEqualTo(SameXml.plain(expected, call, error));
      default ->
          assertThat(new String(actual, StandardCharsets.UTF_8))
              .isEqualTo(new String(expected, StandardCharsets.UTF_8));
    }
  }

  private static void tree(ObjectMapper mapper, byte[] expected, byte[] actual, boolean error) {
    JsonNode wanted = read(mapper, expected, error);
    JsonNode got = read(mapper, actual, error);
    assertThat(got.equals(SameBody::compare, wanted))
        .as("%s was written for %s", got, wanted)
        .isTrue();
  }

  // An integer and a float of the same value are the same number.
  private static int compare(JsonNode one, JsonNode other) {
    return one.isNumber() && other.isNumber()
        ? Double.compare(one.doubleValue(), other.doubleValue())
        : one.equals(other) ? 0 : 1;
  }

  private static JsonNode read(ObjectMapper mapper, byte[] body, boolean error) {
    try {
      JsonNode tree = mapper.readTree(body);
      return error && tree instanceof ObjectNode object ? plainError(object) : tree;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Clients drop the namespace of an error's type and read the message under either name.
  private static JsonNode plainError(ObjectNode error) {
    JsonNode type = error.get("__type");
    if (type != null) {
      error.set("__type", TextNode.valueOf(type.asText().replaceFirst(".*#", "")));
    }
    if (error.has("Message")) {
      error.set("message", error.remove("Message"));
    }
    return error;
  }
}
