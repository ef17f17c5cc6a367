package dev.outcrop.wire.shape;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** Timestamps in the formats of the AWS protocols. */
public final class Timestamps {
  private static final DateTimeFormatter RFC_822 =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);
  // Beyond these an Instant cannot be made, and long arithmetic on nanoseconds would overflow.
  private static final BigDecimal EARLIEST = BigDecimal.valueOf(Instant.MIN.getEpochSecond());
  private static final BigDecimal LATEST = BigDecimal.valueOf(Instant.MAX.getEpochSecond());

  private Timestamps() {}

  /** Seconds since the epoch, with as many decimals as the instant has. */
  public static String epochSeconds(Instant instant) {
    if (instant.getNano() == 0) {
      return Long.toString(instant.getEpochSecond());
    }
    return BigDecimal.valueOf(instant.getEpochSecond())
        .add(BigDecimal.valueOf(instant.getNano(), 9))
        .stripTrailingZeros()
        .toPlainString();
  }

  /** The text of a timestamp in a given format. */
  public static String text(Instant instant, Format format) {
    return switch (format) {
      case ISO_8601 -> DateTimeFormatter.ISO_INSTANT.format(instant);
      case RFC_822 -> RFC_822.format(instant);
      case UNIX_TIMESTAMP -> epochSeconds(instant);
      case UNIX_TIMESTAMP_MILLIS -> Long.toString(instant.toEpochMilli());
    };
  }

  /**
   * Reads a timestamp in whichever format it is written.
   *
   * @throws DateTimeException when it is none
   */
  public static Instant parse(String text) {
    if (text.isEmpty()) {
      throw new DateTimeException("an empty timestamp");
    }
    if (text.charAt(text.length() - 1) == 'Z' || text.indexOf('T') == 10) {
      return DateTimeFormatter.ISO_DATE_TIME.parse(text, Timestamps::instant);
    }
    return Character.isLetter(text.charAt(0))
        ? DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from)
        : ofEpochSeconds(decimal(text));
  }

  private static Instant instant(TemporalAccessor parsed) {
    return parsed.isSupported(ChronoField.INSTANT_SECONDS)
        ? Instant.from(parsed)
        : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
  }

  private static BigDecimal decimal(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new DateTimeException("not a timestamp: " + text, e);
    }
  }

  /** The instant that many seconds after the epoch. */
  public static Instant ofEpochSeconds(BigDecimal seconds) {
    // The scale is checked first: 1e999999999 must not be expanded.
    if (seconds.precision() - (long) seconds.scale() > 18
        || seconds.scale() > 1000
        || seconds.compareTo(EARLIEST) < 0
        || seconds.compareTo(LATEST) > 0) {
      throw new DateTimeException("outside the range of timestamps");
    }
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    BigDecimal nanos = seconds.subtract(whole).multiply(NANOS);
    return Instant.ofEpochSecond(whole.longValue(), nanos.longValue());
  }
}
