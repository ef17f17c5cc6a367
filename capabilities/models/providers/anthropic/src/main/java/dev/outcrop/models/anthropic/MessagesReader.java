package dev.outcrop.models.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.JsonDocuments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.OutputConfig;
import software.amazon.awssdk.services.bedrockruntime.model.OutputFormatType;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;

/**
 * Reads a Messages body. What Converse has no field for goes to {@code
 * additionalModelRequestFields}: by a name that all providers know where there is one, else as
 * Anthropic names it, to be understood or refused by the model that gets it.
 */
final class MessagesReader {

  /** Without a place in Converse; models of Anthropic's understand them. */
  private static final Set<String> AS_THEY_ARE =
      Set.of(
          "top_k",
          "thinking",
          "anthropic_beta",
          "container",
          "context_management",
          "diagnostics",
          "inference_geo",
          "mcp_servers",
          "service_tier",
          "speed",
          "user_profile_id",
          "workspace_id");

  private static final Set<String> KEYS =
      Stream.concat(
              AS_THEY_ARE.stream(),
              Stream.of(
                  "max_tokens",
                  "messages",
                  "system",
                  "temperature",
                  "top_p",
                  "stop_sequences",
                  "tools",
                  "tool_choice",
                  "metadata",
                  "output_config",
                  "output_format",
                  CachePoints.KEY))
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> BEDROCK_KEYS =
      Stream.concat(KEYS.stream(), Stream.of("anthropic_version"))
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> API_KEYS =
      Stream.concat(KEYS.stream(), Stream.of("model", "stream"))
          .collect(Collectors.toUnmodifiableSet());

  /** Bedrock's own, and Anthropic's, which Bedrock takes for newer models. */
  private static final Set<String> VERSIONS = Set.of("bedrock-2023-05-31", "2026-10-21");

  private final Fields body;
  private final ObjectNode more = Json.object();

  private MessagesReader(Fields body) {
    this.body = body;
  }

  /** The body of InvokeModel. */
  static ConverseStreamRequest bedrock(Fields body, String modelId) {
    String version = body.only(BEDROCK_KEYS).requiredText("anthropic_version");
    if (!VERSIONS.contains(version)) {
      throw body.invalid("anthropic_version", version + " is not a valid enum value");
    }
    body.required("max_tokens");
    return new MessagesReader(body).request(modelId);
  }

  /**
   * The body of Anthropic's own API.
   *
   * @param answered whether it is to be answered, which takes {@code max_tokens}, or counted
   */
  static ConverseStreamRequest api(Fields body, boolean answered) {
    String model = body.only(API_KEYS).requiredText("model");
    if (answered) {
      body.required("max_tokens");
    }
    return new MessagesReader(body).request(model);
  }

  private ConverseStreamRequest request(String modelId) {
    ConverseStreamRequest.Builder request =
        ConverseStreamRequest.builder()
            .modelId(modelId)
            .messages(messages())
            .system(system())
            .inferenceConfig(inference())
            .toolConfig(ToolsReader.read(body, more))
            .outputConfig(output());
    metadata();
    for (String key : AS_THEY_ARE) {
      body.value(key).ifPresent(value -> more.set(key, value));
    }
    if (!more.isEmpty()) {
      request.additionalModelRequestFields(JsonDocuments.of(more));
    }
    return request.build();
  }

  private List<Message> messages() {
    body.required("messages");
    List<Message> messages = new ArrayList<>();
    for (Fields message : body.objects("messages")) {
      String role = message.only(Set.of("role", "content")).requiredText("role");
      if (!Set.of("user", "assistant", "system").contains(role)) {
        throw message.invalid("role", role + " is not a valid enum value");
      }
      Message read = Message.builder().role(role).content(BlockReader.read(message)).build();
      boolean goesOn = !messages.isEmpty() && messages.getLast().roleAsString().equals(role);
      messages.add(goesOn ? joined(messages.removeLast(), read) : read);
    }
    if (messages.isEmpty()) {
      throw body.invalid("messages", "expected minimum item count: 1, found: 0");
    }
    // What is asked for the whole request holds for its last block.
    CachePoints.read(body)
        .map(ContentBlock::fromCachePoint)
        .ifPresent(point -> messages.add(with(messages.removeLast(), point)));
    return messages;
  }

  /** Turns of one role in a row are one turn to Anthropic's models, and not allowed in Converse. */
  private static Message joined(Message first, Message second) {
    return first.toBuilder()
        .content(Stream.concat(first.content().stream(), second.content().stream()).toList())
        .build();
  }

  private static Message with(Message message, ContentBlock block) {
    boolean there = message.content().getLast().cachePoint() != null;
    return there
        ? message
        : message.toBuilder()
            .content(Stream.concat(message.content().stream(), Stream.of(block)).toList())
            .build();
  }

  private List<SystemContentBlock> system() {
    if (body.isText("system")) {
      return List.of(SystemContentBlock.fromText(body.requiredText("system")));
    }
    List<SystemContentBlock> system = new ArrayList<>();
    for (Fields block : body.objects("system")) {
      String type =
          block.only(Set.of("type", "text", "citations", CachePoints.KEY)).requiredText("type");
      if (!type.equals("text") || !block.objects("citations").isEmpty()) {
        throw block.invalid("type", "only text is permitted here, and no citations");
      }
      system.add(SystemContentBlock.fromText(block.requiredText("text")));
      CachePoints.read(block)
          .ifPresent(point -> system.add(SystemContentBlock.fromCachePoint(point)));
    }
    return system;
  }

  private InferenceConfiguration inference() {
    return InferenceConfiguration.builder()
        .maxTokens(body.integer("max_tokens", 0).orElse(null))
        .temperature(body.number("temperature", 0, 1).orElse(null))
        .topP(body.number("top_p", 0, 1).orElse(null))
        .stopSequences(body.has("stop_sequences") ? body.texts("stop_sequences") : null)
        .build();
  }

  private void metadata() {
    body.object("metadata")
        .flatMap(metadata -> metadata.only(Set.of("user_id")).text("user_id"))
        .ifPresent(user -> more.put("user", user));
    body.integer("top_k", 0);
    body.object("thinking").ifPresent(thinking -> thinking.requiredText("type"));
    body.texts("anthropic_beta");
  }

  private OutputConfig output() {
    Optional<Fields> config =
        body.object("output_config").map(c -> c.only(Set.of("effort", "format")));
    Optional<Fields> format =
        config.flatMap(c -> c.object("format")).or(() -> body.object("output_format"));
    Optional<String> effort = config.flatMap(c -> c.text("effort"));
    if (format.isEmpty() && effort.isEmpty()) {
      return null;
    }
    OutputConfig.Builder output = OutputConfig.builder().effort(effort.orElse(null));
    format.ifPresent(
        f -> {
          String type = f.only(Set.of("type", "schema")).requiredText("type");
          if (!type.equals("json_schema")) {
            throw f.invalid("type", type + " is not a valid enum value");
          }
          String schema = Json.text(f.requiredObject("schema").node());
          output.textFormat(
              text ->
                  text.type(OutputFormatType.JSON_SCHEMA)
                      .structure(s -> s.jsonSchema(j -> j.schema(schema))));
        });
    return output.build();
  }
}
