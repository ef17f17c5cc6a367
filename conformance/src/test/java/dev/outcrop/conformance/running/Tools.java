package dev.outcrop.conformance.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The clients of other languages, installed once at the versions that this module pins. A folder is
 * named after the files that pin its versions, so a change of them installs anew.
 */
public final class Tools {
  private Tools() {}

  /**
   * The {@code bin} folder of a virtual environment with boto3, the AWS CLI and the SDKs of OpenAI
   * and Anthropic.
   */
  public static Path python() {
    return environment("python", "requirements.txt");
  }

  /** The {@code bin} folder of a virtual environment with LangChain and its Bedrock integration. */
  public static Path langChain() {
    return environment("langchain", "langchain.txt");
  }

  private static Path environment(String name, String file) {
    Path pins = Places.scripts("python").resolve(file);
    return once(name, List.of(pins), folder -> installPython(folder, pins)).resolve("bin");
  }

  private static void installPython(Path folder, Path pins) {
    Command.run(folder, Map.of(), "python3", "-m", "venv", folder.toString());
    Command.run(
        folder,
        Map.of(),
        folder.resolve("bin/pip").toString(),
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "-r",
        pins.toString());
  }

  /** A folder with the programs of {@code js} and the SDKs for JavaScript. */
  public static Path javascript() {
    Path js = Places.scripts("js");
    List<Path> pins = List.of(js.resolve("package.json"), js.resolve("package-lock.json"));
    Path folder = once("js", pins, Tools::installJavascript);
    for (String program : List.of("client.mjs", "sdks.mjs")) {
      copy(js.resolve(program), folder.resolve(program));
    }
    return folder;
  }

  private static void installJavascript(Path folder) {
    Path js = Places.scripts("js");
    for (String file : List.of("package.json", "package-lock.json", ".npmrc")) {
      copy(js.resolve(file), folder.resolve(file));
    }
    Command.run(folder, Map.of(), "npm", "ci", "--no-audit", "--no-fund");
  }

  private static void copy(Path from, Path to) {
    try {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fills a folder. */
  private interface Installation {
    void into(Path folder);
  }

  private static Path once(String name, List<Path> pins, Installation installation) {
    Path folder = Places.cache().resolve("conformance").resolve(name + "-" + digest(pins));
    try {
      Files.createDirectories(folder);
      Path lock = folder.resolveSibling(folder.getFileName() + ".lock");
      try (FileChannel channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var held = channel.lock()) {
        if (held.isValid() && !Files.exists(folder.resolve(".complete"))) {
          installation.into(folder);
          Files.createFile(folder.resolve(".complete"));
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(List<Path> files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files) {
        digest.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
