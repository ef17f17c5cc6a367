package dev.outcrop.models.bodies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/**
 * No field of a body is ever dropped: change any value and either something changes in what the
 * model is asked or in the answer, or the body is refused.
 */
class NothingLostTest {

  /**
   * What only says what is so anyway: answers aren't padded, a schema is always followed, and
   * vectors of full length have norm 1 already.
   */
  private static final Set<String> SAID_ANYWAY =
      Set.of(
          "/stream_options/include_obfuscation",
          "/response_format/json_schema/strict",
          "/normalize");

  /** Objects whose keys are the user's own. */
  private static final String FREE =
      ".*/(parameters|json|schema|properties|metadata|logit_bias|logitBias|outputs/\\d+|documents/\\d+"
          + "|parameter_definitions|extras|chat_template_kwargs|input)(/.*)?";

  static List<Fixture> fixtures() {
    return Fixture.all();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void everyValueMatters(Fixture fixture) {
    boolean streaming = fixture.json().path("onlyStreams").asBoolean();
    assertThat(playOrNull(fixture, fixture.body(), streaming)).isNotNull();
    everyValueMatters(fixture, fixture.body(), streaming);
  }

  /** The same of bodies with some of the fields, of which many are valid. */
  @ParameterizedTest
  @MethodSource("fixtures")
  void everyValueOfRandomBodiesMatters(Fixture fixture) {
    boolean streaming = fixture.json().path("onlyStreams").asBoolean();
    for (int seed = 0; seed < 12; seed++) {
      ObjectNode body = fixture.body();
      thin(body, new Random(seed));
      everyValueMatters(fixture, body, streaming);
    }
  }

  private static void everyValueMatters(Fixture fixture, ObjectNode body, boolean streaming) {
    JsonNode whole = playOrNull(fixture, body, streaming);
    if (whole == null) {
      return;
    }
    for (JsonPointer at : leaves(body, JsonPointer.empty())) {
      if (SAID_ANYWAY.contains(at.toString()) || fixture.without(at.toString())) {
        continue;
      }
      ObjectNode changed = body.deepCopy();
      put(changed, at, other(changed.at(at)));
      JsonNode played = playOrNull(fixture, changed, streaming);
      assertThat(played).as("changing %s of %s is noticed", at, body).isNotEqualTo(whole);
    }
  }

  /** Removes about every fourth key. */
  private static void thin(JsonNode node, Random random) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      names.stream().filter(name -> random.nextInt(4) == 0).forEach(object::remove);
    }
    node.forEach(child -> thin(child, random));
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void everyKeyNobodyKnowsIsRefused(Fixture fixture) {
    boolean streaming = fixture.json().path("onlyStreams").asBoolean();
    List<JsonPointer> objects = new ArrayList<>();
    objects(fixture.body(), JsonPointer.empty(), objects);
    for (JsonPointer at : objects) {
      if (at.toString().matches(FREE)) {
        continue;
      }
      ObjectNode changed = fixture.body();
      ((ObjectNode) changed.at(at)).put("nobodyKnows", 1);
      assertThatThrownBy(() -> Played.play(fixture, changed, streaming))
          .as("an unknown key in '%s'", at)
          .isInstanceOf(ValidationException.class)
          .hasMessageContaining("nobodyKnows");
    }
  }

  /** Whatever stands where a value should: a refusal in words, or an answer. */
  @ParameterizedTest
  @MethodSource("fixtures")
  void hostileValuesAreRefusedInWords(Fixture fixture) {
    boolean streaming = fixture.json().path("onlyStreams").asBoolean();
    List<String> hostile =
        List.of(
            "null",
            "-1",
            "1e400",
            "123456789012345678901234567890",
            "0.5",
            "\"\"",
            "\"\\u0000\\ud800\"",
            "\"data:image/png;base64,%%%\"",
            "[]",
            "{}",
            "[[[[[]]]]]",
            "[null]",
            "[{}]",
            "true");
    Random random = new Random(7);
    List<JsonPointer> all = leaves(fixture.body(), JsonPointer.empty());
    List<JsonPointer> objects = new ArrayList<>();
    objects(fixture.body(), JsonPointer.empty(), objects);
    all.addAll(objects.stream().filter(at -> !at.matches()).toList());
    for (JsonPointer at : all) {
      for (int i = 0; i < hostile.size(); i++) {
        ObjectNode changed = fixture.body();
        put(changed, at, Played.json(hostile.get(i)));
        if (random.nextInt(4) == 0) {
          JsonPointer second = all.get(random.nextInt(all.size()));
          put(changed, second, Played.json(hostile.get(random.nextInt(hostile.size()))));
        }
        playOrNull(fixture, changed, streaming);
      }
    }
  }

  /** Null when it is refused in AWS's own way; any other exception fails the test. */
  private static JsonNode playOrNull(Fixture fixture, ObjectNode body, boolean streaming) {
    try {
      return Played.play(fixture, body, streaming);
    } catch (ValidationException | ModelErrorException e) {
      assertThat(e.getMessage()).isNotBlank();
      return null;
    } catch (RuntimeException e) {
      return Assertions.fail("the body " + body + " made the reader fail", e);
    }
  }

  private static List<JsonPointer> leaves(JsonNode node, JsonPointer at) {
    List<JsonPointer> leaves = new ArrayList<>();
    if (node.isObject()) {
      node.properties()
          .forEach(e -> leaves.addAll(leaves(e.getValue(), at.appendProperty(e.getKey()))));
    } else if (node.isArray() && !node.isEmpty()) {
      for (int i = 0; i < node.size(); i++) {
        leaves.addAll(leaves(node.get(i), at.appendIndex(i)));
      }
    } else if (!node.isNull()) {
      leaves.add(at);
    }
    return leaves;
  }

  private static void objects(JsonNode node, JsonPointer at, List<JsonPointer> objects) {
    if (node.isObject()) {
      objects.add(at);
      node.properties().forEach(e -> objects(e.getValue(), at.appendProperty(e.getKey()), objects));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        objects(node.get(i), at.appendIndex(i), objects);
      }
    }
  }

  private static void put(ObjectNode body, JsonPointer at, JsonNode value) {
    JsonNode parent = body.at(at.head());
    if (parent instanceof ObjectNode object) {
      object.set(at.last().getMatchingProperty(), value);
    } else if (parent instanceof ArrayNode array && at.last().mayMatchElement()) {
      if (at.last().getMatchingIndex() < array.size()) {
        array.set(at.last().getMatchingIndex(), value);
      }
    }
  }

  /** Another value of the same type. */
  private static JsonNode other(JsonNode value) {
    var nodes = Body.JSON.getNodeFactory();
    if (value.isBoolean()) {
      return nodes.booleanNode(!value.booleanValue());
    } else if (value.isIntegralNumber()) {
      return nodes.numberNode(value.longValue() + 1);
    } else if (value.isNumber()) {
      return nodes.numberNode(value.doubleValue() / 2);
    } else if (value.isTextual()) {
      String text = value.textValue();
      if (text.startsWith("data:")) {
        return nodes.textNode(text.substring(0, text.indexOf(',') + 1) + "QUJDREVGRw==");
      }
      boolean base64 = text.matches("[A-Za-z0-9+/]{8,}={0,2}");
      return nodes.textNode(base64 ? "QUJDREVGRw==" : text + " other");
    }
    return nodes.textNode("other");
  }
}
