package dev.outcrop.objects;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** How keys are written in listings: as they are, or escaped because XML can't hold them all. */
enum Encoding {
  NONE,
  URL;

  static Encoding of(String type) {
    if (type == null) {
      return NONE;
    }
    if (type.equals("url")) {
      return URL;
    }
    throw S3Errors.invalidArgument("Invalid Encoding Method specified in Request");
  }

  String apply(String key) {
    return this == NONE || key == null
        ? key
        : URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }
}
