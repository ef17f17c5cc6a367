package dev.outcrop.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TextPatternTest {

  private static Set<String> all() {
    Set<String> patterns = new HashSet<>();
    for (Service service : OperationIndex.get().services()) {
      ConstraintTable.OfService types = Constraints.table().service(service.name());
      for (int i = 0; i < types.size(); i++) {
        if (types.type(i) instanceof ShapeType.Text text && text.pattern() != null) {
          patterns.add(text.pattern().toString());
        }
      }
    }
    return patterns;
  }

  @Test
  void everyPatternOfEveryServiceCompilesAndEnds() {
    List<String> hostile =
        List.of("", "a".repeat(2_000), "a-".repeat(1_000) + "!", "arn:" + ":/".repeat(1_000), "\n");
    assertThat(all()).hasSizeGreaterThan(900);
    for (String source : all()) {
      TextPattern pattern = new TextPattern(source);
      for (String text : hostile) pattern.matches(text);
    }
  }

  @Test
  void nearlyAllPatternsMatchInLinearTime() {
    List<String> bounded = new ArrayList<>();
    for (String source : all()) {
      try {
        com.google.re2j.Pattern.compile(TextPattern.portable(source));
      } catch (com.google.re2j.PatternSyntaxException e) {
        bounded.add(source);
      }
    }
    assertThat(bounded).hasSizeLessThan(60);
  }

  @Test
  void catastrophicPatternsEnd() {
    String text = "a".repeat(50_000) + "!";
    assertThat(new TextPattern("(a+)+").matches(text)).isFalse();
    assertThat(new TextPattern("(?!x)(a+)+").matches(text)).isFalse();
    assertThat(new TextPattern("(?!x)(a|a)*").matches(text)).isFalse();
    assertThat(new TextPattern("(?!x)a+").matches("aaa")).isTrue();
  }

  @Test
  void wholeTextsAreMatched() {
    assertThat(new TextPattern("[a-z]+").matches("abc")).isTrue();
    assertThat(new TextPattern("[a-z]+").matches("abc1")).isFalse();
    assertThat(new TextPattern("^$|x.*").matches("x\ny")).isTrue();
    assertThat(new TextPattern("[^\\r\\n]").matches("several characters")).isTrue();
  }

  @Test
  void javasSpellingsAreUnderstood() {
    var pattern = new TextPattern("[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF]*");
    assertThat(pattern.matches("plain \ud83d\ude00")).isTrue();
    assertThat(pattern.matches("bell \u0007")).isFalse();
  }
}
