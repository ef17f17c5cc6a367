package dev.outcrop.objects;

/** The order of keys: by UTF-8 bytes, which is the order of code points. */
final class KeyOrder {
  private KeyOrder() {}

  static int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int c = a.codePointAt(i);
      int d = b.codePointAt(j);
      if (c != d) {
        return Integer.compare(c, d);
      }
      i += Character.charCount(c);
      j += Character.charCount(d);
    }
    return Integer.compare(a.length() - i, b.length() - j);
  }

  /** The first string after all those that begin with the prefix; null when there is none. */
  static String after(String prefix) {
    int end = prefix.length();
    while (end > 0) {
      int last = prefix.codePointBefore(end);
      end -= Character.charCount(last);
      if (last < Character.MAX_CODE_POINT) {
        int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
        return prefix.substring(0, end) + Character.toString(next);
      }
    }
    return null;
  }

  /** Where a listing goes on: at a key or behind it. */
  record Bound(String key, boolean inclusive) {
    static final Bound START = new Bound("", true);

    static Bound at(String key) {
      return new Bound(key, true);
    }

    static Bound behind(String key) {
      return new Bound(key, false);
    }

    boolean admits(String other) {
      int order = compare(other, key);
      return inclusive ? order >= 0 : order > 0;
    }

    /** The later of the two. */
    Bound max(Bound other) {
      int order = compare(key, other.key);
      boolean mine = order > 0 || (order == 0 && !inclusive);
      return mine ? this : other;
    }
  }
}
