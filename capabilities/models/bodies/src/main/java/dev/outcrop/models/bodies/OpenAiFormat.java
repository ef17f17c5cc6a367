package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.bedrockruntime.model.OutputConfig;
import software.amazon.awssdk.services.bedrockruntime.model.OutputFormatStructure;
import software.amazon.awssdk.services.bedrockruntime.model.OutputFormatType;

/**
 * OpenAI's {@code response_format}. An answer of a schema always follows it, so {@code strict}
 * makes no difference; {@code json_object} is the schema of any object.
 */
final class OpenAiFormat {

  private OpenAiFormat() {}

  static Optional<OutputConfig> read(Body format) {
    return switch (format.choice("type", "text", "json_object", "json_schema").orElse("")) {
      case "text" -> {
        format.only(Set.of("type"));
        yield Optional.empty();
      }
      case "json_object" -> {
        format.only(Set.of("type"));
        ObjectNode any = Body.JSON.createObjectNode().put("type", "object");
        yield Optional.of(config(any, "object", null));
      }
      case "json_schema" -> Optional.of(schema(format.only(Set.of("type", "json_schema"))));
      default -> throw format.missing("type");
    };
  }

  private static OutputConfig schema(Body format) {
    Body schema = format.object("json_schema").orElseThrow(() -> format.missing("json_schema"));
    schema.only(Set.of("name", "description", "schema", "strict")).bool("strict");
    return config(
        schema.object("schema").orElseThrow(() -> schema.missing("schema")).json(),
        schema.requiredText("name"),
        schema.text("description").orElse(null));
  }

  private static OutputConfig config(ObjectNode schema, String name, String description) {
    OutputFormatStructure structure =
        OutputFormatStructure.fromJsonSchema(
            json -> json.schema(schema.toString()).name(name).description(description));
    return OutputConfig.builder()
        .textFormat(format -> format.type(OutputFormatType.JSON_SCHEMA).structure(structure))
        .build();
  }
}
