package dev.outcrop.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"ab", "Abc", "a..b", "1.2.3.4", "xn--abc", "-abc", "abc-", "a_b", ".abc", "a b c"})
  void notABucket(String name) {
    assertThatThrownBy(() -> Names.requireBucket(name)).hasMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "a.b-c",
        "1-2",
        "0123456789-0123456789-0123456789-0123456789-0123456789-01234567"
      })
  void aBucket(String name) {
    Names.requireBucket(name);
  }

  @ParameterizedTest
  @CsvSource({"a,b", "a/,a0", "ab,ac", "'\uD7FF','\uE000'", "'\uFFFF','\uD800\uDC00'"})
  void theFirstStringBehindAPrefix(String prefix, String after) {
    assertThat(KeyOrder.after(prefix)).isEqualTo(after);
    assertThat(KeyOrder.compare(prefix + "zzz", after)).isNegative();
  }
}
