package dev.outcrop.storage;

/**
 * What a store refuses. Capabilities turn the request's faults into the modelled exception of their
 * service; {@link Unusable} is a fault of the machine and goes on as it is.
 */
public abstract sealed class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private StorageException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A next-token that this listing did not give out. AWS answers ValidationException. */
  public static final class InvalidPageToken extends StorageException {
    private static final long serialVersionUID = 1L;

    InvalidPageToken() {
      super("The next token is not valid for this listing. Use one as returned by it.", null);
    }
  }

  /** The id or the name is in use. AWS answers ConflictException. */
  public static final class AlreadyExists extends StorageException {
    private static final long serialVersionUID = 1L;

    AlreadyExists(String message) {
      super(message, null);
    }
  }

  /** A client token came again with another request. AWS answers ConflictException. */
  public static final class TokenReused extends StorageException {
    private static final long serialVersionUID = 1L;

    TokenReused() {
      super("The client token was used before with different parameters.", null);
    }
  }

  /** Somebody else kept changing the row. AWS answers ConflictException. */
  public static final class Conflict extends StorageException {
    private static final long serialVersionUID = 1L;

    Conflict(String message) {
      super(message, null);
    }
  }

  /** A tag breaks the rules of tags. AWS answers ValidationException. */
  public static final class InvalidTag extends StorageException {
    private static final long serialVersionUID = 1L;

    InvalidTag(String message) {
      super(message, null);
    }
  }

  /** More tags than a resource may have. AWS answers TooManyTagsException. */
  public static final class TooManyTags extends StorageException {
    private static final long serialVersionUID = 1L;

    TooManyTags(String message) {
      super(message, null);
    }
  }

  /** The database cannot be used: damaged, foreign, newer than this program, disk full. */
  public static final class Unusable extends StorageException {
    private static final long serialVersionUID = 1L;

    Unusable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
