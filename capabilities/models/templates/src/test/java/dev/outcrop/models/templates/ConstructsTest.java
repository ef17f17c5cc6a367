package dev.outcrop.models.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every construct, rendered as Python's jinja2 was recorded to. */
final class ConstructsTest {

  @TestFactory
  Stream<DynamicTest> rendersAsTheReference() throws IOException {
    Map<String, String> sources = Rendered.read("constructs.json", new TypeReference<>() {});
    Map<String, Map<String, String>> expected =
        Rendered.read("constructs-rendered.json", new TypeReference<>() {});
    Map<String, Map<String, Object>> variables =
        Rendered.read("probe.json", new TypeReference<>() {});
    assertThat(expected.keySet()).isEqualTo(sources.keySet());
    return sources.keySet().stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () ->
                        assertThat(Rendered.render(sources.get(name), variables.get("probe")))
                            .isEqualTo(expected.get(name).get("probe"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% include 'x' %}",
        "{% raw %}x{% endraw %}",
        "{% call m() %}{% endcall %}",
        "{% with a = 1 %}{% endwith %}",
        "{% autoescape true %}{% endautoescape %}",
        "{% for x in y recursive %}{% endfor %}",
        "{{ cycler('a') }}",
        "{{ joiner(',') }}",
        "{{ lipsum() }}",
        "{{ caller() }}",
        "{{ varargs }}",
        "{{ x|wordwrap }}",
        "{{ x is sameas y }}",
        "{{ x.encode('utf-8') }}",
        "{{ x() }}",
        "{{ f(*x) }}",
        "{{ 0x1F }}",
        "{% if x %}",
        "{{ x",
        "{# x",
        "{{ (x] }}",
      })
  void whatIsNotSupportedIsAnErrorWhenParsing(String source) {
    assertThatThrownBy(() -> ChatTemplate.parse(source)).isInstanceOf(TemplateException.class);
  }

  @Test
  void workIsBounded() {
    Map<String, Object> none = Map.of();
    for (String endless :
        new String[] {
          "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
          "{{ range(100000000000) }}",
          "{{ 'x' * 1000000000 }}",
          "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
          "{{ " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + " }}",
          "{% set ns = namespace(a='xxxxxxxxxxxxxxxxxxxxxxxx') %}{% for i in range(100) %}"
              + "{% set ns.a = ns.a ~ ns.a %}{% endfor %}",
        }) {
      assertThatThrownBy(() -> ChatTemplate.parse(endless).render(none))
          .isInstanceOf(TemplateException.class);
    }
  }
}
