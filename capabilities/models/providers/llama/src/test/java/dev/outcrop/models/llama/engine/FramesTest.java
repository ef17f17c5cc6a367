package dev.outcrop.models.llama.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FramesTest {
  private static final List<Message> MESSAGES =
      List.of(
          new Message.Load("l", "größe", 1, 2, 3, 4, 5, 6, 7, -1, "auto", "F16"),
          new Message.Generate(
              1L << 40,
              "🙂\0",
              "b",
              true,
              7,
              0.5f,
              0.9f,
              3,
              -1,
              List.of("a", ""),
              "g",
              List.of("m"),
              5),
          new Message.Started(3, 4, 5, 6),
          new Message.Text(3, ""),
          new Message.Done(3, Message.Stop.CONTEXT_FULL, 9),
          new Message.Failed(3, true, "why"),
          new Message.Cancel(Long.MIN_VALUE));

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Frames frames = frames(new ByteArrayInputStream(written()));

    for (Message message : MESSAGES) {
      assertThat(frames.read()).isEqualTo(message);
    }
    assertThat(frames.read()).isNull();
  }

  @Test
  void noiseIsAnError() throws IOException {
    byte[] bytes = written();
    assertThatThrownBy(() -> frames(stream("hello")).read()).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> frames(stream("O\0\0\0\1\177")).read())
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () -> {
              Frames cut = frames(new ByteArrayInputStream(Arrays.copyOf(bytes, 20)));
              cut.read();
            })
        .isInstanceOf(IOException.class);
  }

  private static byte[] written() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Frames frames = new Frames(InputStream.nullInputStream(), out);
    for (Message message : MESSAGES) {
      frames.write(message);
    }
    return out.toByteArray();
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  private static Frames frames(InputStream in) {
    return new Frames(in, new ByteArrayOutputStream());
  }
}
