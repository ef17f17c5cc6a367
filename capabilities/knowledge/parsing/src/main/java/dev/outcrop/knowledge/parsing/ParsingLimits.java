package dev.outcrop.knowledge.parsing;

import java.time.Duration;

/**
 * How much of a document is read before it is refused. Documents come from outside: each of these
 * stops one way in which a small file can cost a lot.
 *
 * @param bytes size of the file
 * @param treeBytes size of a file whose format can only be read as a whole tree (HTML, Markdown,
 *     old Office)
 * @param pages pages, slides or sheets
 * @param expansion how many times larger than the file its unpacked content may be, once that is
 *     more than 32 MiB
 * @param unpackedBytes unpacked content of an archive; for a PDF, of any one of its streams
 * @param textLength characters of text taken out
 * @param blocks blocks taken out
 * @param depth elements inside elements
 * @param attachments files inside an e-mail, and {@code 5} such files inside each other
 * @param time from the first byte to the last block
 */
public record ParsingLimits(
    long bytes,
    long treeBytes,
    int pages,
    int expansion,
    long unpackedBytes,
    long textLength,
    int blocks,
    int depth,
    int attachments,
    Duration time) {

  private static final long MIB = 1 << 20;

  /** Room for a 10,000-page PDF or a million-row sheet; memory stays below a few hundred MB. */
  public static final ParsingLimits DEFAULT =
      new ParsingLimits(
          256 * MIB,
          16 * MIB,
          20_000,
          100,
          512 * MIB,
          64 * MIB,
          2_000_000,
          1_000,
          500,
          Duration.ofMinutes(5));

  /** The same with another time limit. */
  public ParsingLimits withTime(Duration other) {
    return new ParsingLimits(
        bytes,
        treeBytes,
        pages,
        expansion,
        unpackedBytes,
        textLength,
        blocks,
        depth,
        attachments,
        other);
  }
}
