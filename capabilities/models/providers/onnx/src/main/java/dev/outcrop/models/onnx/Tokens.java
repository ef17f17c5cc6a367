package dev.outcrop.models.onnx;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The tokens of texts, by the model's own {@code tokenizer.json}. Safe for use by many threads; the
 * work is short and stays on the caller's thread.
 */
final class Tokens implements AutoCloseable {

  private final HuggingFaceTokenizer tokenizer;

  /**
   * @param json a Hugging Face {@code tokenizer.json}; its truncation and padding are taken out,
   *     since nothing may be cut silently
   */
  Tokens(byte[] json) {
    NativeLibraries.prepareTokenizer();
    try {
      tokenizer =
          HuggingFaceTokenizer.newInstance(
              new ByteArrayInputStream(untruncated(json)),
              Map.of("truncation", "false", "padding", "false"));
    } catch (IOException e) {
      throw new UncheckedIOException("the tokenizer file cannot be read", e);
    }
  }

  private static byte[] untruncated(byte[] json) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    if (!(mapper.readTree(json) instanceof ObjectNode root)) {
      throw new IOException("not a tokenizer.json: no JSON object");
    }
    root.putNull("truncation");
    root.putNull("padding");
    return mapper.writeValueAsBytes(root);
  }

  /** The text's token ids, without the special tokens around it. */
  long[] ids(String text) {
    return tokenizer.encode(text, false, false).getIds();
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
