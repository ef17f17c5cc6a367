package dev.outcrop.models.llama;

/**
 * Where a conversation has cache points. To find the last one in the rendered prompt the
 * conversation is rendered twice, once with a sign in its place: they differ from there on.
 */
final class CachePoints {
  private static final String SIGN = "\uE0FF";

  private final int signed;
  private int count;

  private CachePoints(int signed) {
    this.signed = signed;
  }

  static CachePoints counted() {
    return new CachePoints(-1);
  }

  /** The same, with the sign at the last one. */
  CachePoints signed() {
    return new CachePoints(count);
  }

  int count() {
    return count;
  }

  /** Notes one; tells what stands in its place. */
  String next() {
    count++;
    return count == signed ? SIGN : "";
  }
}
