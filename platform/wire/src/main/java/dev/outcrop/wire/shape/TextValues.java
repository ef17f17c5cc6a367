package dev.outcrop.wire.shape;

import dev.outcrop.wire.RefusedException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.JsonValueTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** Scalars as text: in XML, forms, paths, query parameters and headers. */
public final class TextValues {
  private TextValues() {}

  /**
   * Reads a scalar.
   *
   * @throws RefusedException when the text is not of the member's type
   */
  public static Object parse(String text, Member member) {
    try {
      return switch (member.type()) {
        case STRING -> isHeaderJson(member) ? fromBase64(text) : text;
        case INTEGER -> Integer.valueOf(text.strip());
        case LONG -> Long.valueOf(text.strip());
        case SHORT -> Short.valueOf(text.strip());
        case BYTE -> Byte.valueOf(text.strip());
        case FLOAT -> (float) decimal(text.strip());
        case DOUBLE -> decimal(text.strip());
        case BIG_DECIMAL -> new BigDecimal(text.strip());
        case BOOLEAN -> bool(text.strip());
        case INSTANT -> instant(text.strip(), member);
        case SDK_BYTES -> SdkBytes.fromByteArrayUnsafe(Base64.getMimeDecoder().decode(text));
        default -> throw new IllegalArgumentException("structured");
      };
    } catch (IllegalArgumentException | DateTimeException e) {
      throw RefusedException.serialization(
          "The value of " + member.readName() + " is not a valid " + member.type());
    }
  }

  private static boolean isHeaderJson(Member member) {
    return member.location() == MarshallLocation.HEADER
        && member.field().containsTrait(JsonValueTrait.class);
  }

  private static String fromBase64(String text) {
    try {
      return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(text)).asUtf8String();
    } catch (UncheckedIOException e) {
      throw new IllegalArgumentException("not UTF-8", e);
    }
  }

  // Double.valueOf also takes "1d" and hexadecimal, which no protocol has.
  private static double decimal(String text) {
    if (text.isEmpty() || !text.chars().allMatch(c -> "0123456789+-.eENaInfity".indexOf(c) >= 0)) {
      throw new IllegalArgumentException(text);
    }
    return Double.parseDouble(text);
  }

  private static boolean bool(String text) {
    return switch (text) {
      case "true", "True", "TRUE", "1" -> true;
      case "false", "False", "FALSE", "0" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Instant instant(String text, Member member) {
    return member.format() == Format.UNIX_TIMESTAMP_MILLIS
        ? Instant.ofEpochMilli(Long.parseLong(text))
        : Timestamps.parse(text);
  }

  /**
   * Writes a scalar.
   *
   * @param otherwise the format of a timestamp for which the model fixes none
   */
  public static String text(Object value, Member member, Format otherwise) {
    return switch (member.type()) {
      case BIG_DECIMAL -> ((BigDecimal) value).toPlainString();
      case INSTANT ->
          Timestamps.text((Instant) value, member.format() == null ? otherwise : member.format());
      case SDK_BYTES -> Base64.getEncoder().encodeToString(((SdkBytes) value).asByteArrayUnsafe());
      case STRING ->
          isHeaderJson(member)
              ? Base64.getEncoder()
                  .encodeToString(SdkBytes.fromUtf8String((String) value).asByteArrayUnsafe())
              : (String) value;
      default -> value.toString();
    };
  }
}
