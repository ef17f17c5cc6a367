package dev.outcrop.wire.body;

import java.util.zip.Checksum;

/**
 * CRC-64/NVME: reflected polynomial 0x9A6C9329AC4BC9B5, all ones before and after, as in the NVM
 * Express specification. The SDK has it only in its native library.
 */
final class Crc64Nvme implements Checksum {
  private static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
  private static final long[][] TABLES = tables();

  private long value = -1;

  // Slicing by eight: table k advances a byte over k further zero bytes.
  private static long[][] tables() {
    long[][] tables = new long[8][256];
    for (int i = 0; i < 256; i++) {
      long crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL;
      }
      tables[0][i] = crc;
    }
    for (int i = 0; i < 256; i++) {
      for (int k = 1; k < 8; k++) {
        long before = tables[k - 1][i];
        tables[k][i] = tables[0][(int) (before & 0xff)] ^ before >>> 8;
      }
    }
    return tables;
  }

  @Override
  public void update(int b) {
    value = TABLES[0][(int) ((value ^ b) & 0xff)] ^ value >>> 8;
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    for (; end - at >= 8; at += 8) {
      long crc = value;
      for (int i = 0; i < 8; i++) {
        crc ^= (bytes[at + i] & 0xffL) << 8 * i;
      }
      long next = 0;
      for (int i = 0; i < 8; i++) {
        next ^= TABLES[7 - i][(int) (crc >>> 8 * i & 0xff)];
      }
      value = next;
    }
    for (; at < end; at++) {
      update(bytes[at]);
    }
  }

  @Override
  public long getValue() {
    return ~value;
  }

  @Override
  public void reset() {
    value = -1;
  }
}
