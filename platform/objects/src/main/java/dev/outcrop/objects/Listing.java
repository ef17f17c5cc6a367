package dev.outcrop.objects;

import dev.outcrop.objects.KeyOrder.Bound;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A page of a bucket's objects. Keys that have the delimiter behind the prefix are rolled up into
 * one common prefix, and what is behind it is not read.
 *
 * @param last the last key or common prefix of the page; null when it is empty
 * @param next where the next page begins; null when there is none
 */
record Listing(List<S3Object> objects, List<String> prefixes, String last, Bound next) {
  private static final int MOST = 1000;

  /** How many keys a page has, from what a client asks for. */
  static int most(Integer asked) {
    if (asked != null && asked < 0) {
      throw S3Errors.invalidArgument("max-keys must not be negative");
    }
    return asked == null ? MOST : Math.min(asked, MOST);
  }

  static Listing read(Contents contents, String prefix, String delimiter, Bound from, int most) {
    List<S3Object> objects = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    String last = null;
    Bound at = from.max(Bound.at(prefix));
    Iterator<S3Object> found = contents.list(prefix, at);
    while (most > 0 && found.hasNext()) {
      S3Object object = found.next();
      if (objects.size() + prefixes.size() == most) {
        return new Listing(objects, prefixes, last, at);
      }
      String common = common(object.key(), prefix, delimiter);
      last = common == null ? object.key() : common;
      if (common == null) {
        objects.add(object);
        at = Bound.behind(object.key());
        continue;
      }
      prefixes.add(common);
      String behind = KeyOrder.after(common);
      if (behind == null) {
        break;
      }
      at = Bound.at(behind);
      found = contents.list(prefix, at);
    }
    return new Listing(objects, prefixes, last, null);
  }

  /** Null for a key that is listed itself. */
  static String common(String key, String prefix, String delimiter) {
    int end = delimiter == null ? -1 : key.indexOf(delimiter, prefix.length());
    return end < 0 ? null : key.substring(0, end + delimiter.length());
  }
}
