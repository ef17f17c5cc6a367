package dev.outcrop.wire.roundtrip;

import dev.outcrop.wire.shape.Member;
import dev.outcrop.wire.shape.Shape;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.DefaultValueTrait;
import software.amazon.awssdk.core.traits.RequiredTrait;

/** Random SDK objects, built through their field tables; the same seed makes the same object. */
final class RandomPojo {
  /** Headers that speak of the body or of the exchange: HTTP clients check or set them. */
  private static final Set<String> NOT_FREE =
      Set.of(
          "content-length",
          "content-encoding",
          "content-md5",
          "content-range",
          "content-type",
          "transfer-encoding",
          "expect",
          "x-amz-content-sha256");

  private static final String[] BODY = {
    "a", "Z", "7", " ", "-", "_", ".", "/", "<", ">", "&", "\"", "'", "\\", "+", "%", "=", "\n",
    "\t", "é", "漢", "🎉", "#", "?", "{", "]", ","
  };
  private static final String[] PATH = {
    "a", "Z", "7", " ", "-", "_", ".", ":", "+", "%", "=", "é", "漢", "🎉", "#", "?", "&"
  };
  private static final String[] HEADER = {"a", "Z", "7", "-", "_", "/", "=", "+", ";", "%"};
  private static final String[] PLAIN = {"a", "b", "c", "7", "9"};

  /** Members that exist in the Java SDK only, or stand for another member's header. */
  private static final Set<String> SDK_ONLY =
      Set.of("SourceBucket", "SourceKey", "SourceVersionId", "Expires", "ExpiresString");

  private final Random random;
  private final Set<String> required;
  private final int most;

  /**
   * Objects from a seed.
   *
   * @param required lower-case names of query parameters and headers that are never left out
   * @param most how deep structures are nested before members are left out
   */
  RandomPojo(long seed, Set<String> required, int most) {
    this.random = new Random(seed);
    this.required = required;
    this.most = most;
  }

  /** A random object of the builder's class. */
  Object build(SdkPojo builder) {
    return build(builder, 0);
  }

  private Object build(SdkPojo builder, int depth) {
    List<Member> members = new ArrayList<>(Arrays.asList(Shape.of(builder).members()));
    if (isUnion(builder)) {
      members = List.of(members.get(random.nextInt(members.size())));
    }
    // Forms have no way to write a structure without members.
    boolean filled = fill(builder, members, depth, false) || depth == 0;
    return filled || fill(builder, members, depth, true) ? Shape.build(builder) : null;
  }

  private boolean fill(SdkPojo builder, List<Member> members, int depth, boolean all) {
    boolean filled = false;
    for (Member member : members) {
      Object value = all || wanted(member, depth) ? value(member, member.location(), depth) : null;
      if (value != null) {
        member.set(builder, value);
        filled = true;
      }
    }
    return filled;
  }

  private static boolean isUnion(SdkPojo builder) {
    Class<?> type = builder.getClass().getEnclosingClass();
    return type != null
        && Arrays.stream(type.getDeclaredClasses()).anyMatch(c -> c.getSimpleName().equals("Type"))
        && Arrays.stream(type.getMethods())
            .anyMatch(
                m ->
                    m.getName().equals("type") && m.getReturnType().getSimpleName().equals("Type"));
  }

  private boolean wanted(Member member, int depth) {
    String name = member.readName() == null ? "" : member.readName().toLowerCase(Locale.ROOT);
    boolean header = member.location() == MarshallLocation.HEADER;
    if (SDK_ONLY.contains(member.name())
        || header && (NOT_FREE.contains(name) || name.contains("checksum"))) {
      return false;
    }
    return member.location() == MarshallLocation.PATH
        || member.location() == MarshallLocation.STATUS_CODE
        || member.location() == MarshallLocation.GREEDY_PATH
        || member.payload()
        || required.contains(name)
        || member.field().containsTrait(RequiredTrait.class)
        || member.field().containsTrait(DefaultValueTrait.class)
        || random.nextInt(10) < 8 - depth;
  }

  private Object value(Member member, MarshallLocation at, int depth) {
    return switch (member.type()) {
      case STRING -> text(member, at);
      case INTEGER -> at == MarshallLocation.STATUS_CODE ? 200 : random.nextInt();
      case LONG -> random.nextLong();
      case SHORT -> (short) random.nextInt();
      case BYTE -> (byte) random.nextInt();
      case FLOAT -> random.nextFloat();
      case DOUBLE -> random.nextDouble() * random.nextInt();
      case BIG_DECIMAL -> new BigDecimal(random.nextLong()).movePointLeft(5);
      case BOOLEAN -> random.nextBoolean();
      case INSTANT -> instant(at);
      case SDK_BYTES -> bytes();
      case DOCUMENT -> document(0);
      case SDK_POJO ->
          depth >= most && !member.field().containsTrait(RequiredTrait.class)
              ? null
              : build(member.newBuilder(), depth + 1);
      case LIST -> list(member, at, depth);
      case MAP -> map(member, at, depth);
      case NULL -> null;
    };
  }

  private Object list(Member member, MarshallLocation at, int depth) {
    List<Object> values = new ArrayList<>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      Object value = value(member.element(), at, depth + 1);
      if (value != null) {
        values.add(value);
      }
    }
    return values.isEmpty() ? null : values;
  }

  private Object map(Member member, MarshallLocation at, int depth) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      Object value = value(member.element(), at, depth + 1);
      if (value != null) {
        values.put(text(at == MarshallLocation.PAYLOAD ? BODY : PLAIN), value);
      }
    }
    return values.isEmpty() ? null : values;
  }

  private String text(Member member, MarshallLocation at) {
    if ("Bucket".equals(member.name())) {
      return "bucket-" + random.nextInt(1000);
    }
    if ("RequestRoute".equals(member.name())) {
      return "route"; // becomes a part of the host's name
    }
    return switch (at) {
      case PAYLOAD, QUERY_PARAM -> text(BODY);
      case PATH, GREEDY_PATH -> "p" + text(PATH);
      case HEADER, STATUS_CODE -> text(HEADER);
    };
  }

  private String text(String[] alphabet) {
    StringBuilder text = new StringBuilder("x");
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(alphabet[random.nextInt(alphabet.length)]);
    }
    return text.append('x').toString();
  }

  // Headers have whole seconds, JSON of the SDK's clients milliseconds.
  private Instant instant(MarshallLocation at) {
    Instant instant = Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
    return at == MarshallLocation.PAYLOAD ? instant : instant.truncatedTo(ChronoUnit.SECONDS);
  }

  private SdkBytes bytes() {
    byte[] bytes = new byte[1 + random.nextInt(40)];
    random.nextBytes(bytes);
    return SdkBytes.fromByteArray(bytes);
  }

  private Document document(int depth) {
    return switch (random.nextInt(depth > 2 ? 4 : 6)) {
      case 0 -> Document.fromString(text(BODY));
      case 1 -> Document.fromNumber(new BigDecimal(random.nextLong()).movePointLeft(30).toString());
      case 2 -> Document.fromBoolean(random.nextBoolean());
      case 3 -> Document.fromNumber(random.nextInt());
      case 4 -> Document.fromList(List.of(document(depth + 1), Document.fromNull()));
      default -> Document.fromMap(Map.of(text(BODY), document(depth + 1)));
    };
  }
}
