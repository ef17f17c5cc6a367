package dev.outcrop.objects;

import java.util.zip.Checksum;

/**
 * CRC-64/NVME: reflected, polynomial 0xAD93D23594C93659, all ones before and after. Eight bytes at
 * a time ("slicing by 8", Kounavis and Berry, 2005).
 */
final class Crc64 implements Checksum {
  /** The polynomial with its bits reversed. */
  static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;

  private static final long[][] TABLES = new long[8][256];

  static {
    for (int i = 0; i < 256; i++) {
      long crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
      }
      TABLES[0][i] = crc;
    }
    for (int i = 0; i < 256; i++) {
      for (int t = 1; t < 8; t++) {
        long before = TABLES[t - 1][i];
        TABLES[t][i] = (before >>> 8) ^ TABLES[0][(int) before & 255];
      }
    }
  }

  private long crc = -1;

  @Override
  public void update(int b) {
    crc = (crc >>> 8) ^ TABLES[0][(int) (crc ^ b) & 255];
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    for (; end - at >= 8; at += 8) {
      long next = 0;
      for (int i = 0; i < 8; i++) {
        int index = (int) ((crc >>> (8 * i)) ^ bytes[at + i]) & 255;
        next ^= TABLES[7 - i][index];
      }
      crc = next;
    }
    for (; at < end; at++) {
      update(bytes[at]);
    }
  }

  @Override
  public long getValue() {
    return ~crc;
  }

  @Override
  public void reset() {
    crc = -1;
  }
}
