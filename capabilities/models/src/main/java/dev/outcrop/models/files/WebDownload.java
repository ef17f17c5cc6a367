package dev.outcrop.models.files;

import dev.outcrop.models.files.WebRequest.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/**
 * A download by HTTP into a part file that a later attempt resumes. Next to the part lies the ETag
 * of what it is part of: when the server has something else by then, it starts over.
 */
final class WebDownload {

  private static final int MAX_ATTEMPTS = 5;
  private static final long TELL_EVERY_NANOS = 100_000_000;

  /** Costs a tenth of a second, so it is made when something is downloaded. */
  private static final class Client {
    static final HttpClient INSTANCE =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(30))
            .build();
  }

  private final Duration pause;

  /**
   * @param pause between attempts, multiplied by their number
   */
  WebDownload(Duration pause) {
    this.pause = pause;
  }

  /**
   * Downloads all of {@code uri} to {@code part}, going on where the part ends. Tries again, from
   * where it stopped, after a broken connection.
   *
   * @param headers sent to the host of {@code uri} only, not where it redirects to
   * @return the SHA-256 that the source says the file has; null when it says nothing
   */
  String fetch(URI uri, Map<String, String> headers, Path part, Progress progress)
      throws InterruptedException {
    IOException last = null;
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      try {
        return attempt(uri, headers, part, progress);
      } catch (IOException e) {
        last = e;
        if (attempt < MAX_ATTEMPTS) {
          Thread.sleep(pause.multipliedBy(attempt)); // Throws at once after an interrupt.
        }
      }
    }
    throw new DownloadException(
        "The download of "
            + uri
            + " broke off "
            + MAX_ATTEMPTS
            + " times, last: "
            + (last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage())
            + ". What arrived is kept: check the connection and run it again.",
        last);
  }

  private String attempt(URI uri, Map<String, String> headers, Path part, Progress progress)
      throws IOException, InterruptedException {
    Path etagFile = etagFile(part);
    String etag = Files.exists(etagFile) ? Files.readString(etagFile) : null;
    long have = etag != null && Files.exists(part) ? Files.size(part) : 0;
    Reply reply = new WebRequest(uri, headers, have, etag).send(Client.INSTANCE);
    try (InputStream body = reply.response().body()) {
      switch (reply.status()) {
        case 200 -> have = 0;
        case 206 -> checkStart(reply, have);
        case 416 -> {
          checkComplete(reply, part, have);
          return reply.linkedSha256();
        }
        default -> throw refused(uri, reply.status());
      }
      Files.deleteIfExists(etagFile);
      if (reply.strongEtag().isPresent()) {
        Files.writeString(etagFile, reply.strongEtag().get());
      }
      copy(body, part, have, reply.total(have), progress);
      return reply.linkedSha256();
    }
  }

  static Path etagFile(Path part) {
    return part.resolveSibling(part.getFileName() + ".etag");
  }

  private static void checkStart(Reply reply, long have) {
    if (!reply.startsAt(have)) {
      throw new DownloadException("the server went on at another byte than asked: " + have);
    }
  }

  /** Asked to go on after the last byte, a server answers 416 and the length. */
  private static void checkComplete(Reply reply, Path part, long have) throws IOException {
    if (reply.total(0) != have) {
      Files.delete(part);
      throw new IOException("the part that was here did not fit");
    }
  }

  private static DownloadException refused(URI uri, int status) throws IOException {
    if (status >= 500) {
      throw new IOException("HTTP " + status);
    }
    String advice =
        switch (status) {
          case 401, 403 -> "it may need an account: accept its terms there and set HF_TOKEN";
          case 404 -> "there is no such file, check the name";
          default -> "try again later";
        };
    return new DownloadException(uri + " answered HTTP " + status + ": " + advice + ".");
  }

  private static void copy(InputStream in, Path part, long have, long total, Progress progress)
      throws IOException {
    checkSpace(part, total - have);
    long done = have;
    try (OutputStream out =
            have == 0
                ? Files.newOutputStream(part)
                : Files.newOutputStream(part, StandardOpenOption.APPEND);
        Stall stall = new Stall(in)) {
      byte[] buffer = new byte[1 << 16];
      long told = System.nanoTime() - TELL_EVERY_NANOS;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        done += n;
        stall.moved();
        if (System.nanoTime() - told >= TELL_EVERY_NANOS) {
          told = System.nanoTime();
          progress.at(done, total);
        }
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("stopped");
        }
      }
    }
    progress.at(done, total);
    if (total != 0 && done != total) {
      throw new IOException(done + " of " + total + " bytes arrived");
    }
  }

  private static void checkSpace(Path part, long needed) throws IOException {
    long free = Files.getFileStore(part.toAbsolutePath().getParent()).getUsableSpace();
    if (needed > free) {
      throw new DownloadException(
          "The download needs "
              + (needed >> 20)
              + " MB more and the disk has "
              + (free >> 20)
              + " MB left: make room, or choose another folder with --home.");
    }
  }
}
