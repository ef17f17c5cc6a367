package dev.outcrop.protocoltests.hostile;

import java.util.Random;
import java.util.regex.Pattern;

/** Ways in which requests go wrong. */
enum Mutation {
  NONE(true) {
    @Override
    Message of(Message right, Random random) {
      return right;
    }
  },
  TRUNCATED_BODY(true) {
    @Override
    Message of(Message right, Random random) {
      return right.withBody(right.text().substring(0, random.nextInt(right.body().length + 1)));
    }
  },
  RANDOM_BODY(true) {
    @Override
    Message of(Message right, Random random) {
      byte[] body = new byte[random.nextInt(200)];
      random.nextBytes(body);
      return right.withBody(body);
    }
  },
  CHANGED_BYTES(true) {
    @Override
    Message of(Message right, Random random) {
      byte[] body = right.body().clone();
      for (int i = 0; i < 3 && body.length > 0; i++) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      return right.withBody(body);
    }
  },
  WRONG_TYPES(true) {
    @Override
    Message of(Message right, Random random) {
      String[] others = {"[1]", "{}", "null", "true", "\"text\"", "-7", "1.5", "[[{}]]", "\"\""};
      return replaceSome(right, "(?<=:)(\"[^\"]*\"|[0-9.]+)|(?<=[>=])[^<&]*", others, random);
    }
  },
  BIG_NUMBERS(true) {
    @Override
    Message of(Message right, Random random) {
      String[] others = {"9".repeat(400), "1e999999999", "-99999999999999999999", "0.1e-9999"};
      return replaceSome(right, "[0-9]+", others, random);
    }
  },
  DEEP(true) {
    @Override
    Message of(Message right, Random random) {
      String[] deep = {"{\"a\":", "[", "<a>", "\u0081", "\u00a1\u0061a", "a.member.1."};
      return right.withBody(deep[random.nextInt(deep.length)].repeat(5_000));
    }
  },
  INVALID_UTF8(true) {
    @Override
    Message of(Message right, Random random) {
      String text = right.text();
      int at = random.nextInt(text.length() + 1);
      return right.withBody(text.substring(0, at) + "\u00c3\u0028\u00ff" + text.substring(at));
    }
  },
  NOT_GZIP(true) {
    @Override
    Message of(Message right, Random random) {
      return right.withHeader("content-encoding", "gzip");
    }
  },
  HUGE_HEADER(false) {
    @Override
    Message of(Message right, Random random) {
      return right.withHeader("x-amz-huge", "h".repeat(70_000));
    }
  },
  WRONG_CONTENT_TYPE(false) {
    @Override
    Message of(Message right, Random random) {
      String[] types = {"text/html", "application/xml", "application/cbor", ";;", "", "a/b; c="};
      return right.withHeader("content-type", types[random.nextInt(types.length)]);
    }
  },
  WRONG_HEADERS(false) {
    @Override
    Message of(Message right, Random random) {
      Message wrong = right;
      String[] values = {"", "\u00e9", "nonsense", "99999999999999999999", ",,\"", "=:;"};
      for (String name : right.headers().keySet()) {
        if (random.nextInt(4) == 0) {
          wrong = wrong.withHeader(name, values[random.nextInt(values.length)]);
        }
      }
      return wrong;
    }
  },
  BAD_PERCENT(false) {
    @Override
    Message of(Message right, Random random) {
      String[] bad = {"%", "%zz", "%f", "%00", "%c3%28", "%ff", "%2e%2e%2f"};
      int at = 1 + random.nextInt(right.target().length());
      String target = right.target();
      return right.withTarget(
          target.substring(0, at) + bad[random.nextInt(bad.length)] + target.substring(at));
    }
  },
  EMPTY_LABELS(false) {
    @Override
    Message of(Message right, Random random) {
      return right.withTarget(right.target().replaceAll("value-[0-9]+", ""));
    }
  },
  WRONG_QUERY(false) {
    @Override
    Message of(Message right, Random random) {
      String more = random.nextBoolean() ? "a=1&".repeat(1_000) : "=&&==&a&%3D=%26&\u003d";
      return right.withTarget(
          right.target().replaceAll("=[^&]*", "=nonsense")
              + (right.target().contains("?") ? "&" : "?")
              + more);
    }
  };

  private final boolean bodyOnly;

  Mutation(boolean bodyOnly) {
    this.bodyOnly = bodyOnly;
  }

  /** Whether the head is left alone, so that the operation and its protocol stay known. */
  boolean bodyOnly() {
    return bodyOnly;
  }

  abstract Message of(Message right, Random random);

  private static Message replaceSome(Message right, String what, String[] by, Random random) {
    return right.withBody(
        Pattern.compile(what)
            .matcher(right.text())
            .replaceAll(
                found ->
                    java.util.regex.Matcher.quoteReplacement(
                        random.nextInt(3) == 0 ? by[random.nextInt(by.length)] : found.group())));
  }
}
