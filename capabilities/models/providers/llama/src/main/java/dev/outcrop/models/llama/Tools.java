package dev.outcrop.models.llama;

import static dev.outcrop.models.llama.Refusals.allowOnly;
import static dev.outcrop.models.llama.Refusals.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.JsonDocuments;
import dev.outcrop.models.llama.grammar.Grammar;
import dev.outcrop.models.llama.schema.Check;
import dev.outcrop.models.llama.schema.Grammars;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolChoice;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolSpecification;

/**
 * The tools of a request.
 *
 * @param only the name of the one that must be called; null for any
 * @param must whether one must be called
 * @param cachePoint whether what is said of them is worth keeping
 */
record Tools(List<Spec> specs, String only, boolean must, boolean cachePoint) {
  static final Tools NONE = new Tools(List.of(), null, false, false);

  /** A tool and the form of its arguments. */
  record Spec(String name, String description, JsonNode schema, Form arguments) {
    JsonNode json() {
      ObjectNode function = JsonNodeFactory.instance.objectNode();
      function.put("name", name);
      function.put("description", description == null ? "" : description);
      return function.set("parameters", schema);
    }

    Map<String, Object> forTemplate() {
      Object function = Documents.plain(json());
      Map<String, Object> tool = new LinkedHashMap<>();
      tool.put("type", "function");
      tool.put("function", function);
      return tool;
    }
  }

  /** Reads the tools of a request; wrong ones are refused with their place. */
  static Tools of(ToolConfiguration config) {
    if (config == null || config.tools().isEmpty()) {
      return NONE;
    }
    List<Spec> specs = new ArrayList<>();
    boolean cachePoint = false;
    for (int i = 0; i < config.tools().size(); i++) {
      Tool tool = config.tools().get(i);
      String path = "toolConfig.tools.%d.".formatted(i);
      allowOnly(tool, path, Set.of("toolSpec", "cachePoint"));
      if (tool.toolSpec() == null) {
        cachePoint = true;
      } else {
        specs.add(spec(tool.toolSpec(), path + "toolSpec."));
        cachePoint = false;
      }
    }
    if (specs.stream().map(Spec::name).distinct().count() < specs.size()) {
      throw invalid("toolConfig.tools has two tools of the same name. Rename one and try again.");
    }
    ToolChoice choice = config.toolChoice();
    String only = choice == null || choice.tool() == null ? null : choice.tool().name();
    if (only != null && specs.stream().noneMatch(s -> s.name().equals(only))) {
      throw invalid(
          "The tool %s named in toolConfig.toolChoice is not among toolConfig.tools."
              .formatted(only));
    }
    boolean must = only != null || (choice != null && choice.any() != null);
    return new Tools(specs, only, must, cachePoint);
  }

  private static Spec spec(ToolSpecification spec, String path) {
    JsonNode schema =
        JsonDocuments.json(spec.inputSchema() == null ? null : spec.inputSchema().json());
    String where = path + "inputSchema.json";
    if (!schema.path("type").asText().equals("object")) {
      throw invalid("The value at %s.type must be one of the following: object.".formatted(where));
    }
    return new Spec(spec.name(), spec.description(), schema, Form.of(schema, where));
  }

  boolean none() {
    return specs.isEmpty();
  }

  /** What calls of these tools look like. */
  Grammar calls(Dialect dialect) {
    List<Grammars.Wrapped> options = new ArrayList<>();
    for (Spec spec : specs) {
      if (only == null || only.equals(spec.name())) {
        String before = dialect.open() + spec.name() + dialect.middle();
        options.add(new Grammars.Wrapped(before, spec.arguments().grammar(), dialect.close()));
      }
    }
    int most = only == null ? dialect.most() : 1;
    return Grammars.list(dialect.before(), options, dialect.between(), dialect.after(), most);
  }

  /** For those whose arguments must be checked, by name. */
  Map<String, Check> checks() {
    return specs.stream()
        .filter(s -> s.arguments().check() != null)
        .collect(Collectors.toMap(Spec::name, s -> s.arguments().check()));
  }

  List<Map<String, Object>> forTemplate() {
    return specs.stream().map(Spec::forTemplate).toList();
  }

  /** What a model is told whose template does not speak of tools. */
  String instructions() {
    StringBuilder text =
        new StringBuilder("You can call these functions, described as JSON:\n<tools>\n");
    for (Spec spec : specs) {
      text.append(spec.json()).append('\n');
    }
    return text.append("</tools>\nTo call one, answer with its name and arguments like this:\n")
        .append(Dialect.TAGS.open())
        .append("function-name")
        .append(Dialect.TAGS.middle())
        .append("{\"argument\": \"value\"}")
        .append(Dialect.TAGS.close())
        .toString();
  }
}
