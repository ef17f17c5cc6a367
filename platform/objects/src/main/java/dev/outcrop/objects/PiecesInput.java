package dev.outcrop.objects;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/** Reads a range of an object out of its pieces, one file open at a time. */
final class PiecesInput extends InputStream {
  private final Blobs blobs;
  private final List<String> held;
  private final List<Piece> pieces = new ArrayList<>();
  private long skip;
  private long left;
  private InputStream current;
  private boolean closed;

  /**
   * @throws java.nio.file.NoSuchFileException when the object was replaced meanwhile
   */
  PiecesInput(Blobs blobs, List<Piece> all, long offset, long length) throws IOException {
    this.blobs = blobs;
    this.left = length;
    this.skip = offset;
    long end = offset + length;
    long at = 0;
    for (Piece piece : all) {
      if (at + piece.size() > offset && at < end) {
        if (pieces.isEmpty()) {
          skip = offset - at;
        }
        pieces.add(piece);
      }
      at += piece.size();
    }
    held = pieces.stream().map(Piece::blob).toList();
    blobs.hold(held);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (left > 0) {
      if (current == null) {
        next();
      }
      int read = current.read(buffer, offset, (int) Math.min(length, left));
      if (read > 0) {
        left -= read;
        return read;
      }
      current.close();
      current = null;
    }
    return -1;
  }

  private void next() throws IOException {
    if (closed || pieces.isEmpty()) {
      throw new IOException(closed ? "the stream is closed" : "a file of the object is too short");
    }
    FileChannel channel = FileChannel.open(blobs.path(pieces.removeFirst().blob()));
    channel.position(skip);
    skip = 0;
    current = Channels.newInputStream(channel);
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    left = 0;
    try {
      if (current != null) {
        current.close();
      }
    } finally {
      blobs.release(held);
    }
  }
}
