package dev.outcrop.access;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-encoding as signatures want it: all but RFC 3986's unreserved characters, upper case. */
final class UriEncoding {
  private static final String HEX = "0123456789ABCDEF";

  private UriEncoding() {}

  static String encode(String text, boolean keepSlash) {
    int at = 0;
    while (at < text.length() && plain(text.charAt(at), keepSlash)) {
      at++;
    }
    if (at == text.length()) {
      return text;
    }
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      if (plain(c, keepSlash)) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return encoded.toString();
  }

  private static boolean plain(char c, boolean keepSlash) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~'
        || keepSlash && c == '/';
  }

  static String decodeQuery(String text) {
    return decode(text.indexOf('+') < 0 ? text : text.replace('+', ' '));
  }

  /** What isn't well encoded is taken as it stands: its signature won't fit. */
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
    for (int at = 0; at < bytes.length; at++) {
      int high = at + 2 < bytes.length ? Character.digit(bytes[at + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(bytes[at + 2], 16);
      if (bytes[at] == '%' && low >= 0) {
        decoded.write(high << 4 | low);
        at += 2;
      } else {
        decoded.write(bytes[at]);
      }
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }
}
