package dev.outcrop.models.bodies;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.NativeBodies.Asked;
import dev.outcrop.models.NativeBody;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentBlock;

/**
 * Cohere Command R and R+: a message, what was said before, documents to answer from and tools.
 * Documents go to the model as text files.
 */
final class CommandR {

  private static final Set<String> KEYS =
      Set.of(
          "message",
          "chat_history",
          "documents",
          "search_queries_only",
          "preamble",
          "max_tokens",
          "temperature",
          "p",
          "k",
          "prompt_truncation",
          "frequency_penalty",
          "presence_penalty",
          "seed",
          "return_prompt",
          "tools",
          "tool_results",
          "stop_sequences",
          "raw_prompting",
          "stream",
          "connectors",
          "citation_quality");
  private static final Map<String, String> ONLY_FALSE =
      Map.of(
          "search_queries_only", "the model behind has no mode that only writes search queries",
          "return_prompt", "the prompt is the provider's own");
  private static final Sampling SAMPLING =
      new Sampling("max_tokens", "temperature", 1, "p", "stop_sequences");

  private CommandR() {}

  static NativeBody read(Body sent, Asked asked) {
    Body body = sent.withoutNulls().only(KEYS);
    check(body, asked.streaming());
    boolean raw = body.bool("raw_prompting").orElse(false);
    Conversation conversation = raw ? raw(body, asked) : chat(body, asked);
    conversation.more("top_k", body.integer("k", 0, 500).filter(k -> k > 0));
    conversation.more("frequency_penalty", body.number("frequency_penalty", 0, 1));
    conversation.more("presence_penalty", body.number("presence_penalty", 0, 1));
    conversation.more("seed", body.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE));
    ConverseStreamRequest request =
        conversation.request(SAMPLING.read(body)).toolConfig(CommandTools.config(body)).build();
    CommandAnswer answer = new CommandAnswer(body);
    return new ChatText(raw, request, answer::whole, () -> new CommandChunks(answer));
  }

  private static void check(Body body, boolean streaming) {
    ONLY_FALSE.forEach(
        (key, why) -> {
          if (body.bool(key).orElse(false)) {
            throw body.unsupported(key, why);
          }
        });
    body.refuse("connectors", "the model doesn't search by itself, send documents");
    body.refuse("citation_quality", "Bedrock has no choice of it");
    if (!body.text("prompt_truncation").orElse("OFF").equals("OFF")) {
      throw body.unsupported("prompt_truncation", "a prompt that is too long is refused, use OFF");
    }
    if (!streaming && body.bool("stream").orElse(false)) {
      throw body.invalid("stream", "use InvokeModelWithResponseStream for a stream");
    }
  }

  private static Conversation raw(Body body, Asked asked) {
    for (String key : List.of("chat_history", "documents", "preamble", "tools", "tool_results")) {
      body.refuse(key, "with raw_prompting the message is the whole prompt");
    }
    return Conversation.prompt(asked.modelId(), body.prompt("message"));
  }

  private static Conversation chat(Body body, Asked asked) {
    Conversation conversation = new Conversation(asked.modelId());
    body.text("preamble").filter(text -> !text.isEmpty()).ifPresent(conversation::system);
    CommandTools tools = new CommandTools(conversation);
    for (Body turn : body.objects("chat_history").orElse(List.of())) {
      turn(turn, conversation, tools);
    }
    String message = body.requiredText("message");
    List<ContentBlock> documents = documents(body);
    boolean waiting = tools.waiting();
    if (waiting) {
      tools.results(body);
    }
    if (!message.isEmpty() || !documents.isEmpty()) {
      conversation.say("user", documents);
      conversation.say(
          "user", message.isEmpty() ? List.of() : List.of(ContentBlock.fromText(message)));
    } else if (!body.has("tool_results")) {
      body.prompt("message");
    }
    if (!waiting) {
      tools.results(body);
    }
    return conversation;
  }

  private static void turn(Body turn, Conversation conversation, CommandTools tools) {
    turn.only(Set.of("role", "message", "tool_calls", "tool_results", "user_name"));
    turn.refuse("user_name", "conversations are between one user and the model");
    List<ContentBlock> text =
        turn.text("message")
            .filter(message -> !message.isEmpty())
            .map(message -> List.of(ContentBlock.fromText(message)))
            .orElse(List.of());
    switch (turn.choice("role", "USER", "CHATBOT", "SYSTEM", "TOOL").orElse("")) {
      case "USER" -> conversation.say("user", text);
      case "SYSTEM" -> text.forEach(block -> conversation.system(block.text()));
      case "CHATBOT" -> {
        conversation.say("assistant", text);
        tools.calls(turn);
      }
      case "TOOL" -> tools.results(turn);
      default -> throw turn.missing("role");
    }
  }

  private static List<ContentBlock> documents(Body body) {
    List<Body> documents = body.objects("documents").orElse(List.of());
    return IntStream.range(0, documents.size())
        .mapToObj(i -> document(i, documents.get(i)))
        .toList();
  }

  private static ContentBlock document(int index, Body document) {
    StringBuilder text = new StringBuilder();
    document
        .json()
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              text.append(field.getKey()).append(": ");
              text.append(value.isTextual() ? value.textValue() : value).append('\n');
            });
    if (text.isEmpty()) {
      throw document.missing("snippet");
    }
    return ContentBlock.fromDocument(
        DocumentBlock.builder()
            .format("txt")
            .name("doc-" + index)
            .source(source -> source.bytes(SdkBytes.fromUtf8String(text.toString())))
            .build());
  }
}
