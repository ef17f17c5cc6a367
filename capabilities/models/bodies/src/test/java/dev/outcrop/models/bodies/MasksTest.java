package dev.outcrop.models.bodies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

class MasksTest {

  private static final Body BODY = Body.parse(SdkBytes.fromUtf8String("{}"));

  @Test
  void blackBecomesWhiteAndWhiteBlack() throws IOException {
    BufferedImage mask = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    mask.setRGB(0, 0, Color.BLACK.getRGB());
    mask.setRGB(1, 0, Color.WHITE.getRGB());
    byte[] inverted = Masks.inverted(BODY, "mask", png(mask));
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(inverted));
    assertThat(read.getRGB(0, 0)).isEqualTo(Color.WHITE.getRGB());
    assertThat(read.getRGB(1, 0)).isEqualTo(Color.BLACK.getRGB());
  }

  @Test
  void brokenAndHugeMasksAreRefused() throws IOException {
    byte[] whole = png(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB));
    byte[] huge = png(new BufferedImage(5000, 1, BufferedImage.TYPE_BYTE_BINARY));
    refused(new byte[0], "not a readable");
    refused(new byte[] {1, 2, 3}, "not a readable");
    refused(Arrays.copyOf(whole, 40), "not a readable");
    refused(huge, "larger than 4096");
  }

  private static void refused(byte[] mask, String problem) {
    assertThatThrownBy(() -> Masks.inverted(BODY, "mask", mask))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining(problem);
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
