package dev.outcrop.models.llama.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.SpecVersionDetector;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.resource.DisallowSchemaLoader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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
    return Budget.within(() -> made(schema));
  }

  private static Check made(JsonNode schema) {
    Map<String, RegularExpression> patterns = new ConcurrentHashMap<>();
    var config =
        SchemaValidatorsConfig.builder()
            .formatAssertionsEnabled(true)
            .pathType(PathType.JSON_POINTER)
            .regularExpressionFactory(p -> patterns.computeIfAbsent(p, Matching::of))
            .build();
    try {
      Size.numbers(schema);
      Size.check(schema);
      Optional<VersionFlag> told = SpecVersionDetector.detectOptionalVersion(schema, false);
      JsonNode read = canonical(schema);
      if (told.isEmpty() && read instanceof ObjectNode object) {
        object.remove("$schema");
      }
      JsonSchema made = factory(told.orElse(VersionFlag.V202012)).getSchema(read, config);
      made.initializeValidators();
      return new Check(made);
    } catch (JsonSchemaException e) {
      throw new SchemaException(e.getMessage());
    } catch (StackOverflowError e) {
      throw new SchemaException("it is nested too deeply");
    }
  }

  private static JsonSchemaFactory factory(VersionFlag version) {
    JsonMetaSchema standard = JsonSchemaFactory.checkVersion(version).getInstance();
    // Vocabularies would bring their own keywords in place of these.
    JsonMetaSchema guarded =
        JsonMetaSchema.builder(standard)
            .vocabularies(Map::clear)
            .keywords(standard.getKeywords().values())
            .keywords(Guarded.ALL)
            .build();
    return JsonSchemaFactory.getInstance(
        version,
        b ->
            b.metaSchema(guarded)
                .schemaLoaders(l -> l.values(v -> v.add(DisallowSchemaLoader.getInstance()))));
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
    return Budget.within(() -> found(text));
  }

  private Optional<Fault> found(String text) {
    try {
      JsonNode value = JSON.readTree(text);
      Size.numbers(value);
      Set<ValidationMessage> messages = schema.validate(canonical(value));
      return messages.stream()
          .filter(m -> !isFormat(m))
          .map(m -> new Fault(path(m), m.getMessage()))
          .reduce((one, other) -> new Fault(common(one.path, other.path), one.reason));
    } catch (JsonProcessingException e) {
      return Optional.of(new Fault(List.of(), e.getOriginalMessage()));
    } catch (JsonSchemaException | SchemaException | Matching.TooLong e) {
      return Optional.of(new Fault(List.of(), e.getMessage()));
    } catch (StackOverflowError e) {
      return Optional.of(new Fault(List.of(), "it takes too many steps within steps to check"));
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
