package dev.outcrop.logs.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterPatternTest {
  private static final String EVENT =
      """
      {"type": "Update", "status": 404, "size": 1.50, "ok": false, "none": null,
       "user": {"name": "ann b", "ids": [7, 8]}, "rows": [{"id": 1}, {"id": 2}]}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "ERROR # true",
        "error # false",
        "ERROR disk # true",
        "ERROR net # false",
        "?net ?disk # true",
        "?net ?cpu # false",
        "ERROR -disk # false",
        "ERROR -net # true",
        "\"on disk:\" # true",
        "\"disk on\" # false",
        "\"say \\\"hi\\\"\" # true",
        "%sd[a-z]% # true",
        "%sd[0-9]% # false"
      })
  void termsInATextAreFound(String pattern, boolean found) {
    assertThat(FilterPattern.parse(pattern).matches("ERROR 12 on disk: /dev/sda say \"hi\""))
        .isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "{ $.type = \"Update\" } # true",
        "{$.type=Update} # true",
        "{ $.type = \"Up*\" } # true",
        "{ $.type != \"Up*\" } # false",
        "{ $.type = \"*x*\" } # false",
        "{ $.status = 404 } # true",
        "{ $.status = 4* } # true",
        "{ $.status >= 404 && $.status < 500 } # true",
        "{ $.status > 404 } # false",
        "{ $.size = 1.5 } # true",
        "{ $.size <= 1.49 } # false",
        "{ $.size != 1e0 } # true",
        "{ $.status > 500 || $.user.name = \"ann b\" } # true",
        "{ ($.status > 500 || $.ok IS FALSE) && $.none IS NULL } # true",
        "{ $.ok is true } # false",
        "{ $.none NOT EXISTS } # false",
        "{ $.other NOT EXISTS } # true",
        "{ $.other != 1 } # false",
        "{ $.user.ids[1] = 8 } # true",
        "{ $.user.ids[2] = 8 } # false",
        "{ $.rows[*].id = 2 } # true",
        "{ $.rows[*].id = 3 } # false",
        "{ $.user.name = %^an+ b$% } # true"
      })
  void fieldsAreCompared(String pattern, boolean found) {
    assertThat(FilterPattern.parse(pattern).matches(EVENT)).isEqualTo(found);
    assertThat(FilterPattern.parse(pattern).matches("no JSON")).isFalse();
  }

  @Test
  void numbersThatAreNoDoublesCompareAsWritten() {
    assertThat(FilterPattern.parse("{ $.x > 1 }").matches("{\"x\": 1e999}")).isTrue();
    assertThat(FilterPattern.parse("{ $.x < 1 }").matches("{\"x\": 1e-999}")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[ip, user]",
        "a.b",
        "\"open",
        "%(%",
        "?a b",
        "{ $.a = 1",
        "{ a = 1 }",
        "{ $.a ~ 1 }",
        "{ $.a > \"x\" }",
        "{ $.a = 1 } x",
        "{ $.a IS 3 }",
        "{ $.a && }",
        "{ $.a[x] = 1 }",
        "{ }"
      })
  void whatCantBeReadIsRefused(String pattern) {
    assertThatThrownBy(() -> FilterPattern.parse(pattern)).isInstanceOf(PatternException.class);
  }
}
