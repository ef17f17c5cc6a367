package dev.outcrop.models.bodies;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.bedrockruntime.model.CitationGeneratedContent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlock;

/** What native bodies take from an answer. */
final class Answers {

  private Answers() {}

  static List<ContentBlock> blocks(ConverseResponse response) {
    return response.output().message().content();
  }

  /** The text of the answer, cited parts included. */
  static String text(ConverseResponse response) {
    StringBuilder text = new StringBuilder();
    for (ContentBlock block : blocks(response)) {
      if (block.text() != null) {
        text.append(block.text());
      } else if (block.citationsContent() != null) {
        block.citationsContent().content().stream()
            .map(CitationGeneratedContent::text)
            .filter(Objects::nonNull)
            .forEach(text::append);
      }
    }
    return text.toString();
  }

  /** What the model thought before it answered; empty when it didn't say. */
  static String reasoning(ConverseResponse response) {
    return blocks(response).stream()
        .map(ContentBlock::reasoningContent)
        .filter(reasoning -> reasoning != null && reasoning.reasoningText() != null)
        .map(reasoning -> reasoning.reasoningText().text())
        .filter(Objects::nonNull)
        .collect(Collectors.joining());
  }

  /**
   * What the model signed its thoughts with; empty unless there is one thought, and it is signed.
   */
  static Optional<String> signature(ConverseResponse response) {
    List<String> signatures =
        blocks(response).stream()
            .map(ContentBlock::reasoningContent)
            .filter(reasoning -> reasoning != null && reasoning.reasoningText() != null)
            .map(reasoning -> String.valueOf(reasoning.reasoningText().signature()))
            .toList();
    return signatures.size() == 1 && !signatures.getFirst().equals("null")
        ? Optional.of(signatures.getFirst())
        : Optional.empty();
  }

  static List<ToolUseBlock> toolUses(ConverseResponse response) {
    return blocks(response).stream()
        .map(ContentBlock::toolUse)
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** All input tokens, cached ones included, as vendors without a cache count them. */
  static int input(TokenUsage usage) {
    return usage.inputTokens()
        + orZero(usage.cacheReadInputTokens())
        + orZero(usage.cacheWriteInputTokens());
  }

  static int orZero(Integer count) {
    return count == null ? 0 : count;
  }

  /** The two words that most completing models have for the end. */
  static String stopOrLength(String stopReason) {
    return switch (stopReason) {
      case "end_turn", "stop_sequence" -> "stop";
      case "max_tokens", "model_context_window_exceeded" -> "length";
      case "content_filtered", "guardrail_intervened" -> "content_filter";
      default -> throw unexpected(stopReason);
    };
  }

  static ModelErrorException unexpected(String stopReason) {
    return ModelErrorException.builder()
        .message("The model stopped with '" + stopReason + "', which this body cannot say.")
        .build();
  }
}
