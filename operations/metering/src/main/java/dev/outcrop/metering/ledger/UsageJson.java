package dev.outcrop.metering.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Lines of a report on their way from a running server to the command line. */
public final class UsageJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private UsageJson() {}

  public static byte[] write(List<UsageReport.Line> lines) {
    try {
      return JSON.writeValueAsBytes(lines);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws UncheckedIOException when it is something else
   */
  public static List<UsageReport.Line> read(byte[] json) {
    try {
      return JSON.readValue(json, new TypeReference<List<UsageReport.Line>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException("the server's usage cannot be read", e);
    }
  }
}
