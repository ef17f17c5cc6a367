package dev.outcrop.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MadeImagesTest {

  private static int count(String answer) {
    return MadeImages.count(answer.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyFormIsCounted() {
    assertThat(count("{\"images\":[\"AAAA\",\"BBBB\"],\"error\":null}")).isEqualTo(2);
    assertThat(count("{\"seeds\":[1],\"finish_reasons\":[null],\"images\":[\"AAAA\"]}"))
        .isEqualTo(1);
    assertThat(
            count(
                "{\"result\":\"success\",\"artifacts\":[{\"seed\":1,\"base64\":\"AA\",\"x\":[1]},"
                    + "{\"base64\":\"BB\"},{\"base64\":\"CC\"}]}"))
        .isEqualTo(3);
  }

  @Test
  void whatIsNoImageIsNot() {
    assertThat(count("{\"images\":[null],\"finish_reasons\":[\"Filter reason: prompt\"]}"))
        .isZero();
    assertThat(count("{\"answer\":{\"images\":[\"AAAA\"]},\"images\":\"none\"}")).isZero();
    assertThat(count("[\"AAAA\"]")).isZero();
    assertThat(count("{\"images\":[\"AAAA\"")).isZero();
    assertThat(count("PNG")).isZero();
  }
}
