package dev.outcrop.models.catalogue;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the string form of a {@link Source}. */
final class SourceText {

  private static final Pattern HUGGING_FACE =
      Pattern.compile("hf:([\\w.-]+/[\\w.-]+)(?:@([\\w.-]+))?/((?:[\\w.-]+/)*[\\w.-]+)");
  private static final Pattern PIP = Pattern.compile("pip:([\\w.-]+==[\\w.]+)/(.+)");

  private SourceText() {}

  static Source parse(String text) {
    if (text.startsWith("https://") || text.startsWith("http://")) {
      return web(text);
    }
    if (text.startsWith("file:")) {
      return local(text.substring("file:".length()));
    }
    Matcher huggingFace = HUGGING_FACE.matcher(text);
    if (huggingFace.matches()) {
      return new Source.HuggingFace(
          huggingFace.group(1),
          huggingFace.group(2) == null ? Source.HuggingFace.MAIN : huggingFace.group(2),
          huggingFace.group(3));
    }
    Matcher pip = PIP.matcher(text);
    if (pip.matches()) {
      return new Source.Pip(pip.group(1), pip.group(2));
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is not a source of a model file; expected file:PATH, https://URL,"
            + " hf:OWNER/REPOSITORY/FILE or pip:PACKAGE==VERSION/FILE");
  }

  private static Source web(String text) {
    URI uri = URI.create(text);
    if (uri.getHost() == null || uri.getPath() == null) {
      throw new IllegalArgumentException("'" + text + "' does not name a file");
    }
    return new Source.Web(uri);
  }

  private static Source local(String path) {
    try {
      return new Source.Local(Path.of(path));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("'" + path + "' is not a path", e);
    }
  }
}
