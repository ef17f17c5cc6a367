package dev.outcrop.knowledge.parsing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads text, Markdown, HTML, XML, CSV, e-mail, PDF and Office documents. What a document is gets
 * decided by its content; its name only tells apart the kinds of plain text.
 *
 * <p>Whatever a file holds, the outcome is a document or an {@link UnreadableDocumentException}
 * within the time limit: each document is read on a thread of its own that can be given up on.
 */
public final class StructuredParser implements DocumentParser {
  static {
    QuietLibraries.hush();
  }

  private final ParsingLimits limits;

  public StructuredParser() {
    this(ParsingLimits.DEFAULT);
  }

  public StructuredParser(ParsingLimits limits) {
    this.limits = limits;
  }

  /**
   * {@inheritDoc}
   *
   * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
   */
  @Override
  public ParsedDocument parse(Path file, String name) throws UnreadableDocumentException {
    Deadline deadline = new Deadline(limits.time());
    return ParsingThread.call(deadline, () -> read(file, name, deadline));
  }

  private ParsedDocument read(Path file, String name, Deadline deadline) throws IOException {
    long size = Files.size(file);
    if (size > limits.bytes()) {
      throw Refusal.over("bytes", limits.bytes());
    }
    Unpacked unpacked = new Unpacked(limits, size);
    Source source = new Source(file, name, limits, deadline, unpacked, 0);
    Blocks blocks = new Blocks(limits, deadline);
    Format format = read(source, blocks);
    return new ParsedDocument(format.mediaType, blocks.all());
  }

  /** Finds out what a file is and reads it, adding to the blocks. */
  static Format read(Source source, Blocks blocks) throws IOException {
    Format format = Detection.detect(source);
    int before = blocks.size();
    format.read(source, blocks);
    if (blocks.size() == before) {
      throw new Refusal("the document has no text");
    }
    return format;
  }
}
