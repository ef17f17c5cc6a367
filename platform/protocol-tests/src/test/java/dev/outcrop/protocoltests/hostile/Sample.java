package dev.outcrop.protocoltests.hostile;

import dev.outcrop.operations.Operation;
import dev.outcrop.wire.shape.Member;
import dev.outcrop.wire.shape.Shape;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.protocol.MarshallLocation;

/** Requests with most of their members set; the same seed makes the same request. */
final class Sample {
  private static final int DEEPEST = 3;

  /** Headers that the HTTP client sets, and members that exist in the Java SDK only. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "ContentLength",
          "ContentMD5",
          "ContentEncoding",
          "SourceBucket",
          "SourceKey",
          "SourceVersionId",
          "Expires",
          "ExpiresString");

  private final Random random;
  private final Set<String> needed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  /** Requests for an operation that have at least what its URI and headers need. */
  Sample(Random random, Operation operation) {
    this.random = random;
    this.needed.addAll(operation.requiredQuery());
    this.needed.addAll(operation.requiredHeaders());
  }

  Object of(SdkPojo builder) {
    return of(builder, 0);
  }

  private Object of(SdkPojo builder, int depth) {
    Member[] members = Shape.of(builder).members();
    if (isUnion(builder)) {
      members = new Member[] {members[random.nextInt(members.length)]};
    }
    for (Member member : members) {
      if (depth < DEEPEST && !isLeftOut(member) && random.nextInt(8) > depth || isNeeded(member)) {
        member.set(builder, value(member, depth + 1));
      }
    }
    return Shape.build(builder);
  }

  private boolean isNeeded(Member member) {
    return switch (member.location()) {
      case PATH, GREEDY_PATH -> true;
      case QUERY_PARAM, HEADER -> needed.contains(member.readName());
      case PAYLOAD, STATUS_CODE -> false;
    };
  }

  private static boolean isLeftOut(Member member) {
    boolean header = member.location() == MarshallLocation.HEADER;
    return LEFT_OUT.contains(member.name())
        || header && member.readName().toLowerCase(Locale.ROOT).contains("checksum");
  }

  private static boolean isUnion(SdkPojo builder) {
    Class<?> type = builder.getClass().getEnclosingClass();
    return type != null
        && Arrays.stream(type.getMethods())
            .anyMatch(m -> m.getReturnType().getName().equals(type.getName() + "$Type"));
  }

  private Object value(Member member, int depth) {
    return switch (member.type()) {
      case STRING -> "value-" + random.nextInt(1000);
      case INTEGER -> random.nextInt(100);
      case LONG -> (long) random.nextInt(100);
      case SHORT -> (short) random.nextInt(100);
      case BYTE -> (byte) random.nextInt(100);
      case FLOAT -> random.nextFloat();
      case DOUBLE -> random.nextDouble();
      case BIG_DECIMAL -> BigDecimal.valueOf(random.nextInt(100), 2);
      case BOOLEAN -> random.nextBoolean();
      case INSTANT -> Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE));
      case SDK_BYTES -> SdkBytes.fromUtf8String("bytes-" + random.nextInt(1000));
      case DOCUMENT -> Document.fromMap(Map.of("key", Document.fromNumber(1)));
      case SDK_POJO -> of(member.newBuilder(), depth);
      case LIST -> List.of(value(member.element(), depth));
      case MAP -> Map.of("key", value(member.element(), depth));
      case NULL -> null;
    };
  }
}
