package dev.outcrop.models.llama.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.SpecVersionDetector;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.DisallowSchemaLoader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks complete texts where a grammar could not say all that the schema does. */
public final class Check {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final JsonSchema schema;

  private Check(JsonSchema schema) {
    this.schema = schema;
  }

  /**
   * Nothing is fetched: a reference leads to a place inside of the schema.
   *
   * @throws SchemaException when the schema is wrong
   */
  public static Check of(JsonNode schema) {
    var config =
        SchemaValidatorsConfig.builder()
            .formatAssertionsEnabled(true)
            .pathType(PathType.JSON_POINTER)
            .regularExpressionFactory(Matching::of)
            .build();
    try {
      VersionFlag version =
          SpecVersionDetector.detectOptionalVersion(schema, false).orElse(VersionFlag.V202012);
      JsonSchemaFactory factory =
          JsonSchemaFactory.getInstance(
              version,
              b -> b.schemaLoaders(l -> l.values(v -> v.add(DisallowSchemaLoader.getInstance()))));
      JsonSchema made = factory.getSchema(canonical(schema), config);
      made.initializeValidators();
      return new Check(made);
    } catch (JsonSchemaException e) {
      throw new SchemaException(e.getMessage());
    }
  }

  /**
   * Why a text is not valid.
   *
   * @param path names of members and numbers of items on the way to what is wrong; empty for the
   *     whole value
   */
  public record Fault(List<String> path, String reason) {}

  /**
   * @param text JSON
   * @return empty when it is valid
   */
  public Optional<Fault> fault(String text) {
    try {
      Set<ValidationMessage> messages = schema.validate(canonical(JSON.readTree(text)));
      return messages.stream()
          .filter(m -> !isFormat(m))
          .map(m -> new Fault(path(m), m.getMessage()))
          .reduce((one, other) -> new Fault(common(one.path, other.path), one.reason));
    } catch (JsonProcessingException e) {
      return Optional.of(new Fault(List.of(), e.getOriginalMessage()));
    } catch (JsonSchemaException | Matching.TooLong e) {
      return Optional.of(new Fault(List.of(), e.getMessage()));
    }
  }

  /** The grammar knows formats, and this library has its own list of domains that there are. */
  private static boolean isFormat(ValidationMessage message) {
    return "format".equals(message.getType());
  }

  private static List<String> path(ValidationMessage message) {
    List<String> path = new ArrayList<>();
    for (int i = 0; i < message.getInstanceLocation().getNameCount(); i++) {
      path.add(String.valueOf(message.getInstanceLocation().getElement(i)));
    }
    return path;
  }

  private static List<String> common(List<String> one, List<String> other) {
    int at = 0;
    while (at < Math.min(one.size(), other.size()) && one.get(at).equals(other.get(at))) {
      at++;
    }
    return one.subList(0, at);
  }

  /** With each number in one form, so that 1 and 1.0 are the same. */
  private static JsonNode canonical(JsonNode node) {
    JsonNodeFactory make = JsonNodeFactory.withExactBigDecimals(true);
    if (node.isNumber()) {
      BigDecimal number = node.decimalValue().stripTrailingZeros();
      if (number.scale() > 0 || number.precision() - number.scale() > 18) {
        return make.numberNode(number);
      }
      return make.numberNode(number.longValueExact());
    } else if (node.isArray()) {
      ArrayNode array = make.arrayNode();
      node.forEach(item -> array.add(canonical(item)));
      return array;
    } else if (node.isObject()) {
      ObjectNode object = make.objectNode();
      node.properties().forEach(e -> object.set(e.getKey(), canonical(e.getValue())));
      return object;
    }
    return node;
  }
}
