package dev.outcrop.objects;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of an object's bytes.
 *
 * @param offset of its first byte
 * @param length in bytes
 */
record ByteRange(long offset, long length) {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  static ByteRange of(String header, long size) {
    Matcher range = RANGE.matcher(header.replace(" ", ""));
    boolean valid = range.matches() && !(range.group(1).isEmpty() && range.group(2).isEmpty());
    if (!valid) {
      throw header.contains(",")
          ? S3Errors.notImplemented("Only one range can be asked for at a time")
          : S3Errors.invalidArgument("The range is not valid: " + header);
    }
    String first = range.group(1);
    String last = range.group(2);
    if (first.isEmpty()) {
      long length = Math.min(Long.parseLong(last), size);
      return satisfiable(size - length, size, size);
    }
    long end = last.isEmpty() ? size : Math.min(Long.parseLong(last) + 1, size);
    if (!last.isEmpty() && Long.parseLong(last) < Long.parseLong(first)) {
      throw S3Errors.invalidArgument("The range is not valid: " + header);
    }
    return satisfiable(Long.parseLong(first), end, size);
  }

  private static ByteRange satisfiable(long offset, long end, long size) {
    if (offset >= size || end <= offset) {
      throw S3Errors.of(
          416,
          "InvalidRange",
          "The requested range is not satisfiable: the object has " + size + " bytes");
    }
    return new ByteRange(offset, end - offset);
  }

  /** One of the parts that an object was uploaded in, by its number from 1. */
  static ByteRange ofPart(int number, List<Long> parts, long size) {
    if (number < 1 || number > Math.max(1, parts.size())) {
      throw S3Errors.of(416, "InvalidPartNumber", "The requested partnumber is not satisfiable");
    }
    if (parts.isEmpty()) {
      return new ByteRange(0, size);
    }
    long offset = parts.subList(0, number - 1).stream().mapToLong(Long::longValue).sum();
    return new ByteRange(offset, parts.get(number - 1));
  }

  /** {@code bytes 0-9/100}. */
  String header(long size) {
    return "bytes " + offset + "-" + (offset + length - 1) + "/" + size;
  }
}
