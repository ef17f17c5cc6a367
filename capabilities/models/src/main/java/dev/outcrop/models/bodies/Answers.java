package dev.outcrop.models.bodies;

import java.util.stream.Collectors;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;

/** What native bodies take from an answer. */
final class Answers {

  private Answers() {}

  /** The text of the answer; a model's thinking has no place in these bodies. */
  static String text(ConverseResponse response) {
    return response.output().message().content().stream()
        .map(ContentBlock::text)
        .filter(text -> text != null)
        .collect(Collectors.joining());
  }

  static ModelErrorException unexpected(String stopReason) {
    return ModelErrorException.builder()
        .message("The model stopped with '" + stopReason + "', which this body cannot say.")
        .build();
  }
}
