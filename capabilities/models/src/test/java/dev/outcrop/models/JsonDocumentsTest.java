package dev.outcrop.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

class JsonDocumentsTest {

  private static final JsonMapper EXACT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private static JsonNode read(String json) {
    try {
      return EXACT.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":[null,true,\"x\",{}],\"b\":{\"c\":[]}}",
        "[0,-1,9223372036854775807,12345678901234567890123]",
        "[1.50,0.1,-2.0,1E-7]",
        "[1E+999999,1E+2147483647]",
        "null",
      })
  void nothingIsLostOnTheWayThereAndBack(String json) {
    assertThat(JsonDocuments.json(JsonDocuments.of(read(json))).toString()).isEqualTo(json);
  }

  @Test
  void wholeNumbersAreWhole() {
    assertThat(JsonDocuments.json(Document.fromNumber(5)).isIntegralNumber()).isTrue();
    assertThat(JsonDocuments.json(Document.fromNumber("1e3")).longValue()).isEqualTo(1000);
    assertThat(JsonDocuments.json(Document.fromNumber("9223372036854775807")).canConvertToLong())
        .isTrue();
    assertThat(JsonDocuments.json(Document.fromNumber("0.5")).isIntegralNumber()).isFalse();
  }

  @Test
  void whatIsNoNumberInJsonIsText() {
    assertThat(JsonDocuments.json(Document.fromNumber(Double.NaN)).textValue()).isEqualTo("NaN");
    assertThat(JsonDocuments.json(null).isNull()).isTrue();
  }

  @Test
  void numbersBeyondReckoningAreRefused() {
    assertThatThrownBy(() -> JsonDocuments.json(Document.fromNumber("1e99999999999")))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("out of range");
  }
}
