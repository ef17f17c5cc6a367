package dev.outcrop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @ParameterizedTest
  @CsvSource({"512,512", "1KB,1000", "1 KiB,1024", "1.5MB,1500000", "2gib,2147483648", "7B,7"})
  void readsSizes(String text, long bytes) {
    assertThat(Size.of(text)).isEqualTo(new Size(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1XB", "MB", "0.5B", "99999999999TB"})
  void refusesWhatIsNoSize(String text) {
    assertThatThrownBy(() -> Size.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void findsTheHome() {
    Map<String, String> environment = Map.of("OUTCROP_HOME", "/from/environment");
    assertThat(Home.find("/from/flag", environment).folder()).isEqualTo(Path.of("/from/flag"));
    assertThat(Home.find(null, environment).folder()).isEqualTo(Path.of("/from/environment"));
    assertThat(Home.find(null, Map.of()).folder())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".outcrop"));
    assertThat(Home.find("~/o", Map.of()).configuration())
        .isEqualTo(Path.of(System.getProperty("user.home"), "o", "outcrop.yaml"));
  }

  @Test
  void neverPrintsASecret() {
    assertThat(new Secret("hush")).hasToString("(secret)").isEqualTo(new Secret("hush"));
    assertThat(new Secret("hush")).isNotEqualTo(new Secret("hushed"));
  }
}
