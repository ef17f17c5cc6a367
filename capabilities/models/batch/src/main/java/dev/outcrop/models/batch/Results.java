package dev.outcrop.models.batch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The results of one input file, in a file of our own until all are there: appended as they come,
 * found again after a crash, and read in the order of the input. In memory is where each one lies,
 * twelve bytes a record.
 *
 * <p>A line is a head, {@code <record> <1 or 0 for an error> <input tokens> <output tokens> }, and
 * the result's JSON. A crash may leave half a line at the end; it is cut off.
 */
final class Results implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  /** Numbers in a head. */
  private static final int HEAD = 4;

  private static final int LONGEST_HEAD = 80;

  private final FileChannel file;
  private final long[] offsets;
  private final int[] lengths;
  private long end;
  private long outputLength;
  private Tally tally;

  /**
   * Opens what there is.
   *
   * @param records how many the input has
   * @param before the tally of the files before this one
   */
  Results(Path path, int records, Tally before) throws IOException {
    this.offsets = new long[records];
    this.lengths = new int[records];
    this.tally = before;
    Files.createDirectories(path.getParent());
    this.file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    recover();
  }

  private void recover() throws IOException {
    InputStream in = new BufferedInputStream(Channels.newInputStream(file), BUFFER);
    for (String head = head(in); head != null; head = head(in)) {
      int length = 0;
      int b = in.read();
      for (; b >= 0 && b != '\n'; b = in.read()) {
        length++;
      }
      if (b < 0) {
        break;
      }
      try {
        remember(head.split(" ", -1), head.length(), length);
      } catch (NumberFormatException | IndexOutOfBoundsException e) {
        break; // a machine that lost its power may leave anything behind what was forced
      }
    }
    file.truncate(end);
    file.position(end);
  }

  /** The next line's head; null when it is not whole. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    int spaces = 0;
    while (spaces < HEAD) {
      int b = in.read();
      if (b < 0 || head.length() == LONGEST_HEAD) {
        return null;
      }
      head.append((char) b);
      spaces += b == ' ' ? 1 : 0;
    }
    return head.toString();
  }

  private void remember(String[] head, int headLength, int length) {
    remember(
        Integer.parseInt(head[0]),
        head[1].equals("1"),
        Long.parseLong(head[2]),
        Long.parseLong(head[3]),
        headLength,
        length);
  }

  private void remember(
      int record, boolean success, long input, long output, int headLength, int length) {
    offsets[record] = end + headLength;
    lengths[record] = length;
    end += headLength + length + 1L;
    outputLength += length + 1L;
    tally = tally.with(success, input, output);
  }

  boolean has(int record) {
    return lengths[record] > 0;
  }

  boolean complete() {
    return Arrays.stream(lengths).allMatch(length -> length > 0);
  }

  /** Counts of these results and of the files before. */
  Tally tally() {
    return tally;
  }

  /** Appends a result; it survives this process, and with {@link #force} the machine. */
  void add(Result result) throws IOException {
    String head =
        "%d %d %d %d "
            .formatted(
                result.record(),
                result.success() ? 1 : 0,
                result.inputTokens(),
                result.outputTokens());
    byte[] first = head.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer line = ByteBuffer.allocate(first.length + result.json().length + 1);
    line.put(first).put(result.json()).put((byte) '\n').flip();
    while (line.hasRemaining()) {
      file.write(line);
    }
    remember(
        result.record(),
        result.success(),
        result.inputTokens(),
        result.outputTokens(),
        first.length,
        result.json().length);
  }

  void force() throws IOException {
    file.force(false);
  }

  /** How long {@link #output} is. */
  long outputLength() {
    return outputLength;
  }

  /** The results' JSON, a line each, in the order of the input; those that are there. */
  InputStream output() {
    return new BufferedInputStream(new Ordered(), BUFFER);
  }

  private final class Ordered extends InputStream {
    private int record = -1;
    private int left;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      while (left == 0) {
        record++;
        if (record >= lengths.length) {
          return -1;
        }
        left = has(record) ? lengths[record] + 1 : 0;
      }
      long at = offsets[record] + lengths[record] + 1 - left;
      int read = file.read(ByteBuffer.wrap(to, offset, Math.min(length, left)), at);
      if (read < 0) {
        throw new IOException("The results end too early.");
      }
      left -= read;
      return read;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
