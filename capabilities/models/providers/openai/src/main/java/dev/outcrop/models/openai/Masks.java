package dev.outcrop.models.openai;

import dev.outcrop.models.RuntimeErrors;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Masks and kinds of images. */
final class Masks {

  private static final int HALF = 128;
  private static final long MOST_PIXELS = 64_000_000;

  private Masks() {}

  /** A mask whose black is to be changed, as one whose transparent parts are, in PNG. */
  static byte[] transparent(byte[] blackAndWhite) {
    try {
      BufferedImage mask = ImageIO.read(new ByteArrayInputStream(blackAndWhite));
      if (mask == null || (long) mask.getWidth() * mask.getHeight() > MOST_PIXELS) {
        throw RuntimeErrors.invalid("The mask image is not a PNG or JPEG of a bearable size.");
      }
      BufferedImage out =
          new BufferedImage(mask.getWidth(), mask.getHeight(), BufferedImage.TYPE_INT_ARGB);
      for (int y = 0; y < mask.getHeight(); y++) {
        for (int x = 0; x < mask.getWidth(); x++) {
          int pixel = mask.getRGB(x, y);
          int sum = (pixel >> 16 & 0xff) + (pixel >> 8 & 0xff) + (pixel & 0xff);
          out.setRGB(x, y, sum < 3 * HALF ? 0 : 0xffffffff);
        }
      }
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(out, "png", png);
      return png.toByteArray();
    } catch (IOException e) {
      throw RuntimeErrors.invalid("The mask image cannot be read.");
    }
  }

  /** By the first bytes: png, jpeg or webp. */
  static String kind(byte[] image) {
    if (image.length > 3 && (image[0] & 0xff) == 0xff && (image[1] & 0xff) == 0xd8) {
      return "jpeg";
    }
    boolean riff = image.length > 12 && image[0] == 'R' && image[8] == 'W';
    return riff ? "webp" : "png";
  }
}
