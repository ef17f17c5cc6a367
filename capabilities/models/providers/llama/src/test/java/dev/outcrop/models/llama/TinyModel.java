package dev.outcrop.models.llama;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Writes a GGUF file with a small Llama of random weights: half a megabyte that computes like a
 * real one and says nonsense. Its tokens are printable ASCII characters and, as a fallback, bytes.
 */
final class TinyModel {
  static final String TEMPLATE =
      "{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}</s>{% endfor %}"
          + "{% if add_generation_prompt %}<|assistant|>{% endif %}";

  private static final int WIDTH = 64;
  private static final int HIDDEN = 128;
  private static final int LAYERS = 2;
  private static final int KEYS = 32;

  private final Random random;
  private final Map<String, Object> metadata = new LinkedHashMap<>();
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final Map<String, float[]> tensors = new LinkedHashMap<>();
  private final List<String> tokens = new ArrayList<>();
  private final List<Integer> types = new ArrayList<>();
  private final boolean bytes;
  private final List<String> script;

  private TinyModel(
      long seed, String end, boolean bytes, int context, String template, List<String> script) {
    random = new Random(seed);
    this.bytes = bytes;
    this.script = script;
    vocabulary();
    metadata.put("general.architecture", "llama");
    metadata.put("general.name", "tiny");
    metadata.put("llama.context_length", context);
    metadata.put("llama.embedding_length", WIDTH);
    metadata.put("llama.block_count", LAYERS);
    metadata.put("llama.feed_forward_length", HIDDEN);
    metadata.put("llama.attention.head_count", 4);
    metadata.put("llama.attention.head_count_kv", 2);
    metadata.put("llama.attention.layer_norm_rms_epsilon", 1e-5f);
    metadata.put("llama.rope.dimension_count", WIDTH / 4);
    metadata.put("llama.vocab_size", tokens.size());
    metadata.put("tokenizer.ggml.model", "llama");
    metadata.put("tokenizer.ggml.tokens", tokens.toArray(String[]::new));
    metadata.put("tokenizer.ggml.scores", new float[tokens.size()]);
    metadata.put("tokenizer.ggml.token_type", types.stream().mapToInt(i -> i).toArray());
    metadata.put("tokenizer.ggml.bos_token_id", 1);
    metadata.put("tokenizer.ggml.eos_token_id", end == null ? 2 : tokens.indexOf(end));
    metadata.put("tokenizer.ggml.add_bos_token", true);
    metadata.put("tokenizer.ggml.add_space_prefix", false);
    metadata.put("tokenizer.chat_template", template);
    weights();
  }

  /** A model with the usual context of 2048 tokens. */
  static Path write(Path file, long seed) throws IOException {
    return write(file, seed, null, false, 2048, TEMPLATE);
  }

  /**
   * @param end the token that ends a turn; null for one that never comes
   * @param bytes let it say single bytes, parts of characters among them
   */
  static Path write(Path file, long seed, String end, boolean bytes, int context, String template)
      throws IOException {
    var model = new TinyModel(seed, end, bytes, context, template, List.of());
    return Files.write(file, model.gguf());
  }

  /**
   * A model that says the same each time: after a newline or the assistant's tag the first of these
   * pieces, after each of them the next, and after the last one that the turn ends. No piece may
   * come twice. Those in square brackets or with bars are control tokens, as in real vocabularies.
   * Where a piece is not allowed, it says what comes near.
   */
  static Path scripted(Path file, String template, List<String> script) throws IOException {
    return Files.write(file, new TinyModel(7, null, false, 8192, template, script).gguf());
  }

  private void vocabulary() {
    token("<unk>", 2);
    token("<s>", 3);
    token("</s>", 3);
    for (String role : List.of("system", "user", "assistant")) {
      token("<|" + role + "|>", 3);
    }
    for (int i = 0; i < 256; i++) {
      token("<0x%02X>".formatted(i), 6);
    }
    token("\u2581", 1);
    for (char c = '!'; c <= '~'; c++) {
      token(String.valueOf(c), 1);
    }
    for (String piece : script) {
      boolean control = piece.matches("\\[[A-Z_]+]|<\\|.*\\|>");
      token(piece.replace(' ', '\u2581'), control ? 3 : 1);
    }
  }

  private void token(String text, int type) {
    tokens.add(text);
    types.add(type);
  }

  private void weights() {
    float[] embeddings = tensor("token_embd.weight", 1, WIDTH, tokens.size());
    ones("output_norm.weight");
    float[] output = tensor("output.weight", 1, WIDTH, tokens.size());
    // What a layer adds to what comes in; nothing where the last token alone is to decide.
    double layer = script.isEmpty() ? 0.3 : 0;
    for (int token = 0; token < tokens.size(); token++) {
      boolean silent = types.get(token) == 2 || types.get(token) == 3;
      if (silent || (types.get(token) == 6) != bytes) {
        Arrays.fill(output, token * WIDTH, (token + 1) * WIDTH, 0);
      }
    }
    follow(embeddings, output);
    for (int i = 0; i < LAYERS; i++) {
      String block = "blk." + i + ".";
      ones(block + "attn_norm.weight");
      tensor(block + "attn_q.weight", layer, WIDTH, WIDTH);
      tensor(block + "attn_k.weight", layer, WIDTH, KEYS);
      tensor(block + "attn_v.weight", layer, WIDTH, KEYS);
      tensor(block + "attn_output.weight", layer, WIDTH, WIDTH);
      ones(block + "ffn_norm.weight");
      tensor(block + "ffn_gate.weight", layer, WIDTH, HIDDEN);
      tensor(block + "ffn_up.weight", layer, WIDTH, HIDDEN);
      tensor(block + "ffn_down.weight", layer, HIDDEN, WIDTH);
    }
  }

  /** Makes each piece of the script the likeliest after the one before it. */
  private void follow(float[] embeddings, float[] output) {
    int first = tokens.size() - script.size();
    for (int i = 0; i <= script.size() && !script.isEmpty(); i++) {
      int token = i == script.size() ? 2 : first + i;
      for (int k = 0; k < WIDTH; k++) {
        float before =
            i == 0
                ? embeddings[tokens.indexOf("<|assistant|>") * WIDTH + k]
                    + embeddings[tokens.indexOf("<0x0A>") * WIDTH + k]
                : embeddings[(first + i - 1) * WIDTH + k];
        output[token * WIDTH + k] = before;
      }
    }
  }

  private float[] tensor(String name, double scale, int columns, int rows) {
    float[] values = new float[columns * rows];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * scale);
    }
    shapes.put(name, new long[] {columns, rows});
    tensors.put(name, values);
    return values;
  }

  private void ones(String name) {
    float[] values = new float[WIDTH];
    Arrays.fill(values, 1);
    shapes.put(name, new long[] {WIDTH});
    tensors.put(name, values);
  }

  private byte[] gguf() {
    var out = new Writer();
    out.raw("GGUF".getBytes(StandardCharsets.US_ASCII));
    out.number(3, 4);
    out.number(tensors.size(), 8);
    out.number(metadata.size(), 8);
    metadata.forEach(out::entry);
    long offset = 0;
    for (var tensor : tensors.entrySet()) {
      long[] shape = shapes.get(tensor.getKey());
      out.text(tensor.getKey());
      out.number(shape.length, 4);
      for (long size : shape) {
        out.number(size, 8);
      }
      out.number(0, 4);
      out.number(offset, 8);
      offset += tensor.getValue().length * 4L;
    }
    out.align();
    tensors.values().forEach(out::floats);
    return out.bytes.toByteArray();
  }

  /** Little-endian, as GGUF is; all tensors here have a multiple of 32 bytes. */
  private static final class Writer {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void raw(byte[] value) {
      bytes.writeBytes(value);
    }

    void number(long value, int size) {
      for (int i = 0; i < size; i++) {
        bytes.write((int) (value >> (8 * i)));
      }
    }

    void text(String value) {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      number(utf8.length, 8);
      raw(utf8);
    }

    void floats(float[] values) {
      ByteBuffer buffer = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
      for (float value : values) {
        buffer.putFloat(value);
      }
      raw(buffer.array());
    }

    void align() {
      while (bytes.size() % 32 != 0) {
        bytes.write(0);
      }
    }

    void entry(String key, Object value) {
      text(key);
      switch (value) {
        case Integer v -> {
          number(4, 4);
          number(v, 4);
        }
        case Float v -> {
          number(6, 4);
          floats(new float[] {v});
        }
        case Boolean v -> {
          number(7, 4);
          number(v ? 1 : 0, 1);
        }
        case String v -> {
          number(8, 4);
          text(v);
        }
        case String[] v -> {
          array(8, v.length);
          for (String item : v) {
            text(item);
          }
        }
        case float[] v -> {
          array(6, v.length);
          floats(v);
        }
        case int[] v -> {
          array(5, v.length);
          for (int item : v) {
            number(item, 4);
          }
        }
        default -> throw new IllegalArgumentException(key);
      }
    }

    private void array(int type, int length) {
      number(9, 4);
      number(type, 4);
      number(length, 8);
    }
  }
}
