package dev.outcrop.models.bodies;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "0.1, 0.1",
    "-0.5, -0.5",
    "0.01, 0.01",
    "0.099999994, 0.099999994",
    "0.99999994, 0.99999994",
    "0.012345678, 0.012345678",
    "1, 1.0",
    "-3.25, -3.25",
    "0.00001, 0.00001"
  })
  void numbersAreShort(float value, String written) {
    assertThat(Numbers.json(new float[] {value}).rawValue()).isEqualTo("[" + written + "]");
  }

  /** As clients read it: as a double made a float, and as a float at once. */
  @Test
  void everyFloatIsReadBack() throws Exception {
    Random random = new Random(42);
    float[] vector = new float[200_000];
    for (int i = 0; i < vector.length; i++) {
      vector[i] =
          switch (i % 4) {
            case 0 -> (float) (random.nextGaussian() * 0.05);
            case 1 -> random.nextFloat() * 2 - 1;
            case 2 -> (float) Math.pow(10, -random.nextDouble() * 6);
            default -> anyFloat(random);
          };
    }
    String json = (String) Numbers.json(vector).rawValue();
    JsonNode read = Body.JSON.readTree(json);
    String[] texts = json.substring(1, json.length() - 1).split(",");
    assertThat(read).hasSize(vector.length);
    for (int i = 0; i < vector.length; i++) {
      float positive = vector[i] == 0 ? 0f : vector[i];
      assertThat((float) read.get(i).doubleValue()).isEqualTo(positive);
      assertThat(Float.parseFloat(texts[i])).isEqualTo(positive);
    }
  }

  private static float anyFloat(Random random) {
    float value = Float.intBitsToFloat(random.nextInt());
    return Float.isFinite(value) ? value : 0.25f;
  }

  @Test
  void signsArePackedEightToAByte() {
    float[] vector = {1, -1, 1, 1, -1, -1, -1, 1, 0.5f};
    assertThat(Vectors.signs(vector).rawValue()).isEqualTo("[1,0,1,1,0,0,0,1,1]");
    assertThat(Vectors.packedSigns(vector, false).rawValue()).isEqualTo("[177,128]");
    assertThat(Vectors.packedSigns(vector, true).rawValue()).isEqualTo("[49,0]");
  }
}
