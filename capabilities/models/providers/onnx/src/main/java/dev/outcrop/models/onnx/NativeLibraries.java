package dev.outcrop.models.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/**
 * Puts the native libraries of ONNX Runtime and of the tokenizer into one folder that is kept, once
 * per version. Left alone, ONNX Runtime copies 28 MB to the temporary folder at every start and
 * leaves them there after a crash, and the tokenizer's library asks a cloud's metadata service
 * where it runs and reports that home.
 */
final class NativeLibraries {

  private static final List<String> ORT = List.of("onnxruntime", "onnxruntime4j_jni");

  private NativeLibraries() {}

  /** Must run before the first use of either library; later calls change nothing. */
  static synchronized void keepIn(Path folder) {
    if (System.getProperty("ENGINE_CACHE_DIR") == null) {
      System.setProperty("ENGINE_CACHE_DIR", folder.toString());
    }
    if (System.getProperty("onnxruntime.native.path") == null) {
      Path ort = extract(folder);
      if (ort != null) {
        System.setProperty("onnxruntime.native.path", ort.toString());
      }
    }
  }

  /** No telemetry, no download of another build of the library. */
  static void prepareTokenizer() {
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
  }

  /** Null where this platform's libraries are not in the jar: ONNX Runtime then says so itself. */
  private static Path extract(Path folder) {
    String platform = platform();
    String version = OrtEnvironment.class.getPackage().getImplementationVersion();
    Path target =
        folder.resolve("onnxruntime-" + (version == null ? "unknown" : version) + "-" + platform);
    try {
      for (String library : ORT) {
        String name = System.mapLibraryName(library);
        if (!extract("/ai/onnxruntime/native/" + platform + "/" + name, target.resolve(name))) {
          return null;
        }
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack ONNX Runtime into " + target, e);
    }
  }

  private static boolean extract(String resource, Path target) throws IOException {
    var url = OrtEnvironment.class.getResource(resource);
    if (url == null) {
      return false;
    }
    long size = url.openConnection().getContentLengthLong();
    if (Files.isRegularFile(target) && Files.size(target) == size) {
      return true;
    }
    Files.createDirectories(target.getParent());
    // A new file moved into place: another process may be running on the old one.
    Path part = Files.createTempFile(target.getParent(), target.getFileName().toString(), ".part");
    try (InputStream in = url.openStream()) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
    }
    try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }

  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String family = os.contains("mac") ? "osx" : os.contains("win") ? "win" : "linux";
    return family + "-" + (arch.equals("amd64") || arch.equals("x86_64") ? "x64" : arch);
  }
}
