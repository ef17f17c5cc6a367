package dev.outcrop.models.routing.training;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * A prompt, and how well models of two sizes answered it.
 *
 * @param source what it is from, for example {@code gsm8k}
 * @param cheap quality of small models' answers, 0 to 1
 * @param able quality of large ones'
 * @param fold 0 to 4; fold 0 is held out for the evaluation
 */
public record Example(
    String source, Subject subject, String prompt, double cheap, double able, int fold) {

  private static final int FOLDS = 5;
  private static final int KEY = 80;

  /** What prompts are about. */
  public enum Subject {
    KNOWLEDGE,
    MATHS,
    CODE,
    REASONING,
    CHAT
  }

  /**
   * An example in the fold that its prompt has by how it begins, so that a question that is in two
   * sources, and questions about one passage, are on the same side.
   */
  static Example of(String source, Subject subject, String prompt, double cheap, double able) {
    return new Example(source, subject, prompt, cheap, able, fold(prompt));
  }

  private static int fold(String prompt) {
    String key = prompt.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    CRC32 crc = new CRC32();
    crc.update(key.substring(0, Math.min(KEY, key.length())).getBytes(StandardCharsets.US_ASCII));
    return (int) (crc.getValue() % FOLDS);
  }

  /** Whether no model may learn from it. */
  public boolean heldOut() {
    return fold == 0;
  }

  /** What the large model's answer is better by. */
  public double difference() {
    return able - cheap;
  }
}
