package dev.outcrop.models.llama;

import java.util.List;

/**
 * What the engine is to go on from.
 *
 * @param special let the tokenizer add its begin token
 * @param grammar what the answer must follow, in base 64; empty for anything
 * @param markers from which of these in the answer on; none for its beginning
 * @param mark how many first characters the caller asked to keep; 0 for none
 */
record Prompt(String text, boolean special, String grammar, List<String> markers, int mark) {
  /** A text with no wishes. */
  static Prompt of(String text, boolean special) {
    return new Prompt(text, special, "", List.of(), 0);
  }
}
