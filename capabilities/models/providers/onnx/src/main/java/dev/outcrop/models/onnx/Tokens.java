package dev.outcrop.models.onnx;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tokens of texts, by the model's own {@code tokenizer.json}. Safe for use by many threads; the
 * work is short and stays on the caller's thread. The tokens of the last short texts are kept:
 * whoever embeds a text has just asked how many it has.
 */
final class Tokens implements AutoCloseable {

  private static final int KEPT_TEXTS = 256;
  private static final int LONGEST_KEPT = 4_000;

  private final HuggingFaceTokenizer tokenizer;
  private final Map<String, long[]> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, long[]> eldest) {
          return size() > KEPT_TEXTS;
        }
      };

  /**
   * @param json a Hugging Face {@code tokenizer.json}; its truncation and padding are switched off,
   *     since nothing may be cut silently
   */
  Tokens(byte[] json) {
    NativeLibraries.prepareTokenizer();
    try {
      tokenizer =
          HuggingFaceTokenizer.newInstance(
              new ByteArrayInputStream(json), Map.of("truncation", "false", "padding", "false"));
    } catch (IOException e) {
      throw new UncheckedIOException("the tokenizer file cannot be read", e);
    } catch (RuntimeException e) { // all that the native parser throws
      throw new IllegalArgumentException("not a tokenizer.json: " + e.getMessage(), e);
    }
  }

  /** The text's token ids, without the special tokens around it. Not to be written to. */
  long[] ids(String text) {
    if (text.length() > LONGEST_KEPT) {
      return encode(text);
    }
    synchronized (kept) {
      long[] known = kept.get(text);
      if (known != null) {
        return known;
      }
    }
    long[] ids = encode(text);
    synchronized (kept) {
      kept.put(text, ids);
    }
    return ids;
  }

  /** Ids alone: the tokenizer's own method takes longer to bring everything else over. */
  private long[] encode(String text) {
    TokenizersLibrary library = TokenizersLibrary.LIB;
    long encoding = library.encode(tokenizer.getHandle(), text, false);
    try {
      return library.getTokenIds(encoding);
    } finally {
      library.deleteEncoding(encoding);
    }
  }

  /** The special tokens that the model expects around a text: first and last. */
  long[] frame() {
    long[] frame = tokenizer.encode("", true, false).getIds();
    if (frame.length != 2) {
      throw new IllegalStateException(
          "expected one token before and one after a text, found " + frame.length);
    }
    return frame;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
