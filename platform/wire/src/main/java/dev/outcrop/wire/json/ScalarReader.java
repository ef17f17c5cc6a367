package dev.outcrop.wire.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamReadException;
import dev.outcrop.wire.RefusedException;
import dev.outcrop.wire.shape.Member;
import dev.outcrop.wire.shape.Timestamps;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** Reads the values that are neither structures, lists, maps nor documents. */
final class ScalarReader {
  private final JsonParser in;
  private final Dialect dialect;

  ScalarReader(JsonParser in, Dialect dialect) {
    this.in = in;
    this.dialect = dialect;
  }

  Object read(Member member) throws IOException {
    return switch (in.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> ofString(member);
      case VALUE_NUMBER_INT -> ofInteger(member);
      case VALUE_NUMBER_FLOAT -> ofDecimal(member);
      case VALUE_TRUE, VALUE_FALSE -> ofBoolean(member);
      case VALUE_EMBEDDED_OBJECT -> ofBytes(member);
      default -> throw wrong(member);
    };
  }

  private Object ofString(Member member) throws IOException {
    return switch (member.type()) {
      case STRING -> in.getText();
      case SDK_BYTES -> base64(member);
      case INSTANT -> instant(in.getText(), member);
      case DOUBLE -> notANumber(member);
      case FLOAT -> (float) notANumber(member);
      default -> throw wrong(member);
    };
  }

  private SdkBytes base64(Member member) throws IOException {
    if (dialect == Dialect.CBOR) {
      throw wrong(member);
    }
    try {
      return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(in.getText()));
    } catch (IllegalArgumentException e) {
      throw RefusedException.serialization("The blob " + member.readName() + " is not base64");
    }
  }

  // The three values of IEEE 754 that JSON has no numbers for travel as strings.
  private double notANumber(Member member) throws IOException {
    return switch (in.getText()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw wrong(member);
    };
  }

  private Object ofInteger(Member member) throws IOException {
    try {
      return switch (member.type()) {
        case INTEGER -> in.getIntValue();
        case LONG -> in.getLongValue();
        case SHORT -> in.getShortValue();
        case BYTE -> in.getByteValue();
        default -> ofDecimal(member);
      };
    } catch (StreamReadException e) {
      throw RefusedException.serialization(
          "The number of " + member.readName() + " is out of range for its type");
    }
  }

  private Object ofDecimal(Member member) throws IOException {
    return switch (member.type()) {
      case FLOAT -> in.getFloatValue();
      case DOUBLE -> in.getDoubleValue();
      case BIG_DECIMAL -> in.getDecimalValue();
      case INSTANT -> ofEpoch(in.getDecimalValue(), member);
      default -> throw wrong(member);
    };
  }

  private Instant ofEpoch(BigDecimal number, Member member) {
    try {
      boolean millis = member.format() == Format.UNIX_TIMESTAMP_MILLIS && dialect == Dialect.JSON;
      return Timestamps.ofEpochSeconds(millis ? number.movePointLeft(3) : number);
    } catch (DateTimeException | ArithmeticException e) {
      throw RefusedException.serialization(member.readName() + " is " + e.getMessage());
    }
  }

  private static Instant instant(String text, Member member) {
    try {
      return Timestamps.parse(text);
    } catch (DateTimeException e) {
      throw RefusedException.serialization(
          "The timestamp of " + member.readName() + " is unreadable");
    }
  }

  private Object ofBoolean(Member member) {
    if (member.type() != MarshallingKnownType.BOOLEAN) {
      throw wrong(member);
    }
    return in.currentToken() == JsonToken.VALUE_TRUE;
  }

  private Object ofBytes(Member member) throws IOException {
    if (member.type() != MarshallingKnownType.SDK_BYTES) {
      throw wrong(member);
    }
    return SdkBytes.fromByteArrayUnsafe(in.getBinaryValue());
  }

  private RefusedException wrong(Member member) {
    String found =
        switch (in.currentToken()) {
          case VALUE_STRING -> "STRING_VALUE";
          case VALUE_NUMBER_INT -> "NUMBER_VALUE";
          case VALUE_NUMBER_FLOAT -> "DECIMAL_VALUE";
          case VALUE_TRUE -> "TRUE_VALUE";
          case VALUE_FALSE -> "FALSE_VALUE";
          case VALUE_EMBEDDED_OBJECT -> "BLOB_VALUE";
          case START_ARRAY -> "START_ARRAY";
          default -> "START_OBJECT";
        };
    return RefusedException.serialization(
        found + " can not be converted to " + wanted(member) + " (" + member.readName() + ")");
  }

  private static String wanted(Member member) {
    return switch (member.type()) {
      case STRING -> "a String";
      case INTEGER -> "an Integer";
      case LONG -> "a Long";
      case SHORT -> "a Short";
      case BYTE -> "a Byte";
      case FLOAT, DOUBLE, BIG_DECIMAL -> "a Number";
      case BOOLEAN -> "a Boolean";
      case INSTANT -> "a Timestamp";
      case SDK_BYTES -> "a Blob";
      default -> member.type().name();
    };
  }
}
