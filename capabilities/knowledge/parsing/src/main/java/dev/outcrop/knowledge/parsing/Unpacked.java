package dev.outcrop.knowledge.parsing;

import java.io.InputStream;

/** Counts what comes out of a packed document and stops bombs. */
final class Unpacked {
  /** Small files may be as repetitive as they like. */
  private static final long FREE = 32 << 20;

  private final ParsingLimits limits;
  private final long packed;
  private long bytes;

  Unpacked(ParsingLimits limits, long packed) {
    this.limits = limits;
    this.packed = packed;
  }

  InputStream counted(InputStream in, Deadline deadline) {
    return new TimedInput(in, deadline) {
      @Override
      void count(long more) {
        add(more);
      }
    };
  }

  private void add(long more) {
    bytes += more;
    if (bytes > limits.unpackedBytes()) {
      throw Refusal.over("bytes when unpacked", limits.unpackedBytes());
    }
    if (bytes > FREE && bytes / Math.max(1, packed) > limits.expansion()) {
      throw new Refusal(
          "the document unpacks to more than "
              + limits.expansion()
              + " times its size, like an archive bomb");
    }
  }
}
