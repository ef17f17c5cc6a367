package dev.outcrop.models.bodies;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Masks of vendors that mark with white what others mark with black. */
final class Masks {

  /** Larger masks are refused before their pixels are read. */
  private static final int MAX_SIDE = 4096;

  private Masks() {}

  /** The mask with black and white exchanged, as PNG. */
  static byte[] inverted(Body body, String key, byte[] mask) {
    try {
      BufferedImage image = read(body, key, mask);
      BufferedImage inverted =
          new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          inverted.setRGB(x, y, ~image.getRGB(x, y));
        }
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(inverted, "png", out);
      return out.toByteArray();
    } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
      // What ImageIO throws for broken files, besides the declared.
      throw unreadable(body, key);
    }
  }

  private static BufferedImage read(Body body, String key, byte[] mask) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(mask))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw unreadable(body, key);
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        if (reader.getWidth(0) > MAX_SIDE || reader.getHeight(0) > MAX_SIDE) {
          throw body.invalid(key, "the mask is larger than " + MAX_SIDE + " pixels on a side");
        }
        return reader.read(0);
      } finally {
        reader.dispose();
      }
    }
  }

  private static ValidationException unreadable(Body body, String key) {
    return body.invalid(key, "the mask is not a readable PNG or JPEG image");
  }
}
