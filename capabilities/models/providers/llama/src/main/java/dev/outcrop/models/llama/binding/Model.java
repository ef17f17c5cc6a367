package dev.outcrop.models.llama.binding;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A loaded model: its weights, vocabulary and metadata. */
public final class Model implements AutoCloseable {
  private static final int PIECE_BYTES = 256;

  final Llama llama;
  final MemorySegment handle;
  private final MemorySegment vocabulary;
  private final int size;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment pieceBuffer = arena.allocate(PIECE_BYTES);

  Model(Llama llama, MemorySegment handle) {
    this.llama = llama;
    this.handle = handle;
    this.vocabulary = pointer(llama.modelVocab, handle);
    this.size = number(llama.vocabSize, vocabulary);
  }

  /** The number of tokens in the vocabulary. */
  public int vocabularySize() {
    return size;
  }

  /** The context length that the model was trained with, in tokens. */
  public int trainedContext() {
    return number(llama.modelContextTrain, handle);
  }

  /** The width of the sliding attention window in tokens; 0 when the model has none. */
  public int window() {
    return number(llama.modelWindow, handle);
  }

  /** Whether its memory is a running state, so that a sequence can't be cut back. */
  public boolean recurrent() {
    return flag(llama.modelRecurrent, handle) || flag(llama.modelHybrid, handle);
  }

  /** Whether it is an encoder-decoder model, such as T5. */
  public boolean encoder() {
    return flag(llama.modelEncoder, handle);
  }

  /** A one-line description, such as {@code llama 135M Q4_1}. */
  public String description() {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment buffer = scratch.allocate(512);
      int length = (int) llama.modelDescription.invokeExact(handle, buffer, 512L);
      return length < 0 ? "" : buffer.getString(0);
    } catch (Throwable t) {
      throw Llama.failure(t);
    }
  }

  /** A scalar of the file's metadata, as text; for example {@code tokenizer.chat_template}. */
  public Optional<String> metadata(String key) {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment name = scratch.allocateFrom(key);
      int length = (int) llama.modelMeta.invokeExact(handle, name, MemorySegment.NULL, 0L);
      if (length < 0) {
        return Optional.empty();
      }
      MemorySegment buffer = scratch.allocate(length + 1L);
      int unused = (int) llama.modelMeta.invokeExact(handle, name, buffer, length + 1L);
      assert unused == length;
      return Optional.of(new String(bytes(buffer, length), StandardCharsets.UTF_8));
    } catch (Throwable t) {
      throw Llama.failure(t);
    }
  }

  /** The text of the begin-of-sequence token, or empty when the model has none. */
  public String beginText() {
    return text(number(llama.vocabBos, vocabulary));
  }

  /** The text of the end-of-sequence token, or empty when the model has none. */
  public String endText() {
    return text(number(llama.vocabEos, vocabulary));
  }

  @SuppressWarnings("restricted") // Calling C is what this package is for.
  private String text(int token) {
    if (token < 0 || token >= size) {
      return "";
    }
    try {
      MemorySegment text = (MemorySegment) llama.vocabText.invokeExact(vocabulary, token);
      return text.reinterpret(Long.MAX_VALUE).getString(0);
    } catch (Throwable t) {
      throw Llama.failure(t);
    }
  }

  /** Whether the token ends a generation. */
  public boolean ends(int token) {
    checkToken(token);
    try {
      return (boolean) llama.vocabEog.invokeExact(vocabulary, token);
    } catch (Throwable t) {
      throw Llama.failure(t);
    }
  }

  /**
   * The tokens of a text. Safe from any thread.
   *
   * @param special add the tokens that the tokenizer puts around a text, such as the begin token
   */
  public int[] tokenize(String text, boolean special) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment in = scratch.allocate(utf8.length + 1L);
      MemorySegment.copy(utf8, 0, in, JAVA_BYTE, 0, utf8.length);
      // A token is at least a byte, but for the few special ones.
      int room = utf8.length + 16;
      MemorySegment out = scratch.allocate(JAVA_INT, room);
      int count =
          (int)
              llama.tokenize.invokeExact(
                  vocabulary, in, utf8.length, out, room, special, /* parse special */ true);
      if (count < 0) {
        throw new LlamaException("the text can't be tokenized (" + count + ")");
      }
      return out.asSlice(0, 4L * count).toArray(JAVA_INT);
    } catch (Throwable t) {
      throw Llama.failure(t);
    }
  }

  /** The bytes of a token; control tokens have none. They may end inside a UTF-8 character. */
  public byte[] piece(int token) {
    return piece(token, false);
  }

  /** The bytes of a token, of control tokens their names. */
  public byte[] specialPiece(int token) {
    return piece(token, true);
  }

  private byte[] piece(int token, boolean special) {
    checkToken(token);
    int length = piece(token, pieceBuffer, PIECE_BYTES, special);
    if (length >= 0) {
      return bytes(pieceBuffer, length);
    }
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment longer = scratch.allocate(-length);
      return bytes(longer, piece(token, longer, -length, special));
    }
  }

  private int piece(int token, MemorySegment buffer, int room, boolean special) {
    try {
      return (int) llama.piece.invokeExact(vocabulary, token, buffer, room, 0, special);
    } catch (Throwable t) {
      throw Llama.failure(t);
    }
  }

  private static byte[] bytes(MemorySegment buffer, int length) {
    return buffer.asSlice(0, length).toArray(JAVA_BYTE);
  }

  void checkToken(int token) {
    if (token < 0 || token >= size) {
      throw new LlamaException("no token " + token + " in a vocabulary of " + size);
    }
  }

  private static int number(MethodHandle function, MemorySegment argument) {
    try {
      return (int) function.invokeExact(argument);
    } catch (Throwable t) {
      throw Llama.failure(t);
    }
  }

  private static boolean flag(MethodHandle function, MemorySegment argument) {
    try {
      return (boolean) function.invokeExact(argument);
    } catch (Throwable t) {
      throw Llama.failure(t);
    }
  }

  private static MemorySegment pointer(MethodHandle function, MemorySegment argument) {
    try {
      return (MemorySegment) function.invokeExact(argument);
    } catch (Throwable t) {
      throw Llama.failure(t);
    }
  }

  /** Frees the weights; contexts of this model must have been closed before. */
  @Override
  public void close() {
    arena.close();
    try {
      llama.modelFree.invokeExact(handle);
    } catch (Throwable t) {
      throw Llama.failure(t);
    }
  }
}
