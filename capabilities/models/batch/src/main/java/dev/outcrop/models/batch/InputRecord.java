package dev.outcrop.models.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Set;

/**
 * A line of the input: {@code {"recordId": …, "modelInput": {…}}}.
 *
 * @param number which of its file, from 0
 * @param input null when there is none to be run
 * @param refusal why not
 */
record InputRecord(int number, String id, JsonNode input, String refusal) {
  private static final Set<String> KEYS = Set.of("recordId", "modelInput");

  /**
   * Reads a line; a wrong one is a record that can't be run.
   *
   * @param position which of the whole job, from 0; ids are made of it where a line has none
   */
  static InputRecord read(Lines.Line line, int number, long position) {
    String made = "CALL%07d".formatted(position + 1);
    if (line.bytes() == null) {
      return new InputRecord(
          number, made, null, "The line is longer than " + Lines.LONGEST + " bytes.");
    }
    try {
      JsonNode tree = Json.MAPPER.readTree(line.bytes());
      JsonNode id = tree.path("recordId");
      String given = id.isTextual() ? id.textValue() : made;
      JsonNode input = tree.get("modelInput");
      return new InputRecord(number, given, input, refusal(tree, id, input));
    } catch (JsonProcessingException e) {
      return new InputRecord(
          number, made, null, "The line is not valid JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      return new InputRecord(number, made, null, "The line can't be read: " + e.getMessage());
    }
  }

  private static String refusal(JsonNode tree, JsonNode id, JsonNode input) {
    if (!tree.isObject()) {
      return "The line is not a JSON object with recordId and modelInput.";
    }
    for (var member : tree.properties()) {
      if (!KEYS.contains(member.getKey())) {
        return "A record has recordId and modelInput, not " + member.getKey() + ".";
      }
    }
    if (!id.isMissingNode() && (!id.isTextual() || id.textValue().isEmpty())) {
      return "recordId must be text.";
    }
    return input == null || !input.isObject() ? "modelInput must be a JSON object." : null;
  }

  Result result(Answer answer) {
    ObjectNode line = Json.MAPPER.createObjectNode().put("recordId", id);
    if (input != null) {
      line.set("modelInput", input);
    }
    return switch (answer) {
      case Answer.Output output -> {
        line.set("modelOutput", output.body());
        yield new Result(
            number, true, output.inputTokens(), output.outputTokens(), Json.bytes(line));
      }
      case Answer.Failure failure -> {
        line.putObject("error")
            .put("errorCode", failure.status())
            .put("errorMessage", failure.message());
        yield new Result(number, false, 0, 0, Json.bytes(line));
      }
    };
  }
}
