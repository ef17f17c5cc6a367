package dev.outcrop.models.files;

/** A file could not be fetched; the message says why and what to do about it. */
public final class DownloadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DownloadException(String message) {
    super(message);
  }

  public DownloadException(String message, Throwable cause) {
    super(message, cause);
  }
}
