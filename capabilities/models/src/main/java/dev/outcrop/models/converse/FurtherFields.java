package dev.outcrop.models.converse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.outcrop.models.RuntimeErrors;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.OutputFormat;

/** Checks the fields beside the conversation that go to the model. */
final class FurtherFields {

  private static final JsonMapper JSON = new JsonMapper();

  /** RFC 6901. */
  private static final Pattern POINTER = Pattern.compile("(?:/(?:[^/~]|~[01])*)*");

  private FurtherFields() {}

  static void check(ConverseStreamRequest request) {
    if (request.additionalModelRequestFields() != null) {
      Blocks.object(request.additionalModelRequestFields(), "additionalModelRequestFields");
    }
    pointers(request.additionalModelResponseFieldPaths());
    if (request.outputConfig() != null && request.outputConfig().textFormat() != null) {
      format(request.outputConfig().textFormat());
    }
  }

  private static void pointers(List<String> paths) {
    for (int i = 0; i < paths.size(); i++) {
      if (!POINTER.matcher(paths.get(i)).matches()) {
        throw RuntimeErrors.invalid(
            "The value at additionalModelResponseFieldPaths."
                + i
                + " is not a valid JSON Pointer. Provide one such as /stop_sequence and try"
                + " again.");
      }
    }
  }

  private static void format(OutputFormat format) {
    String at = "outputConfig.textFormat.structure";
    if (format.structure() == null || format.structure().jsonSchema() == null) {
      throw Blocks.noKey("OutputFormatStructure", at, "jsonSchema");
    }
    boolean object;
    try {
      object = JSON.readTree(format.structure().jsonSchema().schema()).isObject();
    } catch (JsonProcessingException | IllegalArgumentException e) {
      object = false;
    }
    if (!object) {
      throw RuntimeErrors.invalid(
          "The format of the value at "
              + at
              + ".jsonSchema.schema is invalid. Provide a json object for the field and try again.");
    }
  }
}
