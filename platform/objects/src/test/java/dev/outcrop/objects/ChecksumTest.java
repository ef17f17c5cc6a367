package dev.outcrop.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChecksumTest {

  /** The check values of the CRC catalogue. */
  @Test
  void knownValues() {
    assertThat(of(Checksum.CRC32, "123456789")).isEqualTo("cbf43926");
    assertThat(of(Checksum.CRC32C, "123456789")).isEqualTo("e3069283");
    assertThat(of(Checksum.CRC64NVME, "123456789")).isEqualTo("ae8b14860a799888");
    assertThat(of(Checksum.CRC64NVME, "")).isEqualTo("0000000000000000");
  }

  private static String of(Checksum checksum, String text) {
    Checksum.Sum sum = checksum.start();
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    sum.update(bytes, 0, bytes.length);
    return HexFormat.of().formatHex(sum.bytes());
  }

  @Test
  void partsMakeTheWhole() {
    Random random = new Random(4);
    for (Checksum checksum : Checksum.values()) {
      for (int i = 0; checksum.combines() && i < 50; i++) {
        byte[] bytes = new byte[random.nextInt(5000)];
        random.nextBytes(bytes);
        int cut = random.nextInt(bytes.length + 1);
        byte[] first = sum(checksum, Arrays.copyOf(bytes, cut));
        byte[] second = sum(checksum, Arrays.copyOfRange(bytes, cut, bytes.length));
        assertThat(checksum.combine(first, second, bytes.length - cut))
            .isEqualTo(sum(checksum, bytes));
      }
    }
  }

  private static byte[] sum(Checksum checksum, byte[] bytes) {
    Checksum.Sum sum = checksum.start();
    sum.update(bytes, 0, bytes.length);
    return sum.bytes();
  }
}
