package dev.outcrop.models.llama.engine;

import java.util.List;

/** What the server and its child process say to each other; {@link Frames} carries it. */
public sealed interface Message {

  /**
   * Server: the first message, what to load.
   *
   * @param libraries folder of the llama.cpp libraries
   * @param file the model
   * @param contextLength 0 for the model's own, at most 8192
   * @param cells tokens in the key-value cache; 0 for a default
   * @param prefixes idle conversations kept
   * @param threadsTogether computing threads while several answers are written
   * @param flashAttention auto, on or off
   */
  record Load(
      String libraries,
      String file,
      int contextLength,
      int cells,
      int batch,
      int parallel,
      int prefixes,
      int threads,
      int threadsTogether,
      int gpuLayers,
      String flashAttention,
      String cacheType)
      implements Message {

    /** The same with libraries from this folder. */
    public Load from(String folder) {
      return new Load(
          folder,
          file,
          contextLength,
          cells,
          batch,
          parallel,
          prefixes,
          threads,
          threadsTogether,
          gpuLayers,
          flashAttention,
          cacheType);
    }
  }

  /**
   * Child: the model is loaded.
   *
   * @param contextLength most tokens of one conversation, its answer included
   * @param template the chat template in the model's file; empty when it has none
   * @param begin text of the begin-of-sequence token, or empty
   * @param end text of the end-of-sequence token, or empty
   */
  record Ready(String description, int contextLength, String template, String begin, String end)
      implements Message {}

  /** Child: the model can't be loaded; the child exits. */
  record Refused(String reason) implements Message {}

  /**
   * Server: continue a text.
   *
   * @param begun what of the answer is there already
   * @param special let the tokenizer add its begin token; chat templates bring their own
   * @param maxTokens 0 for as many as the context holds
   * @param seed negative for a random one
   * @param grammar what the answer must follow, in base 64; empty for anything
   * @param markers texts from one of which on it must; none for its beginning
   * @param mark how many of the text's first characters are worth keeping; 0 for no wish
   */
  record Generate(
      long id,
      String text,
      String begun,
      boolean special,
      int maxTokens,
      float temperature,
      float topP,
      int topK,
      long seed,
      List<String> stops,
      String grammar,
      List<String> markers,
      int mark)
      implements Message {}

  /** Server: how many tokens is this text. */
  record Count(long id, String text, boolean special) implements Message {}

  /** Server: nobody waits for this any more. */
  record Cancel(long id) implements Message {}

  /**
   * Child: the model reads the input.
   *
   * @param reused how many of the input tokens were still known from other work
   * @param marked how many of them lie before the mark
   */
  record Started(long id, int inputTokens, int reused, int marked) implements Message {}

  /** Child: more of the answer. */
  record Text(long id, String text) implements Message {}

  /** Child: the answer is complete. */
  record Done(long id, Stop stop, int outputTokens) implements Message {}

  /** Child: the answer to {@link Count}. */
  record Counted(long id, int tokens) implements Message {}

  /** Child: this one request failed. */
  record Failed(long id, boolean tooLong, String reason) implements Message {}

  /** Why an answer ended. */
  enum Stop {
    END_OF_TURN,
    STOP_SEQUENCE,
    MAX_TOKENS,
    CONTEXT_FULL
  }
}
