package dev.outcrop.server;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * One jar made of all jars of a folder, for quick starts of this machine alone. The first look for
 * a service or an absent resource opens every jar of the class path, which costs less when there is
 * one. Classes from before Java 7 (picocli's) get the stack maps without which the JVM neither
 * keeps them in its ahead-of-time cache nor verifies them quickly.
 *
 * <p>Lists of services are joined; of versions of a class the one for this JVM is taken; of files
 * with one name the first.
 */
final class StartJar {
  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "(?:.*/)?module-info\\.class"
              + "|META-INF/(?:MANIFEST\\.MF|INDEX\\.LIST|versions/.*|[^/]*\\.(?:SF|DSA|RSA|EC))");

  private static final String SERVICES = "META-INF/services/";
  private static final String CLASS = ".class";

  /** Quick to make and half the size; what is read at a start comes from the cache anyway. */
  private static final int LEVEL = 1;

  /**
   * Larger resources (networks, tokenizers, tables) stay as they are: unpacking takes a start
   * longer than reading. Not classes, which the cache holds, and libraries, which are unpacked
   * once.
   */
  private static final int LARGE = 1 << 17;

  private static final Pattern SELDOM_READ =
      Pattern.compile(".*\\.(?:class|so|dylib|jnilib|dll|pdb)");

  /** The first class files that may do without a second, slower verifier. */
  private static final int MAPPED = ClassFile.JAVA_7_VERSION;

  private final ZipOutputStream out;
  private final Set<String> written = new HashSet<>();
  private final Map<String, StringBuilder> services = new TreeMap<>();
  private final ClassFile classes =
      ClassFile.of(
          ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
          ClassFile.ClassHierarchyResolverOption.of(
              ClassHierarchyResolver.ofResourceParsing(StartJar.class.getClassLoader())
                  .orElse(ClassHierarchyResolver.defaultResolver())));

  private StartJar(ZipOutputStream out) {
    this.out = out;
  }

  /** Whoever sees the jar sees all of it. The folder's jars must be this process's class path. */
  static void make(Path folder, Path jar) throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.list(folder)) {
      jars = files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
    }
    Aside.write(jar, aside -> merge(jars, aside));
  }

  private static void merge(List<Path> jars, Path jar) throws IOException {
    try (var out =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(jar), 1 << 16))) {
      out.setLevel(LEVEL);
      StartJar merged = new StartJar(out);
      for (Path each : jars) {
        merged.add(each);
      }
      for (var list : merged.services.entrySet()) {
        merged.put(list.getKey(), list.getValue().toString().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private void add(Path jar) throws IOException {
    try (JarFile in = new JarFile(jar.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
      for (JarEntry entry : (Iterable<JarEntry>) in.versionedStream()::iterator) {
        String name = entry.getName();
        if (entry.isDirectory() || LEFT_OUT.matcher(name).matches()) {
          continue;
        }
        byte[] bytes;
        try (InputStream stream = in.getInputStream(entry)) {
          bytes = stream.readAllBytes();
        }
        if (name.startsWith(SERVICES)) {
          services
              .computeIfAbsent(name, n -> new StringBuilder())
              .append(new String(bytes, StandardCharsets.UTF_8))
              .append('\n');
        } else {
          add(name, bytes);
        }
      }
    }
  }

  private void add(String name, byte[] bytes) throws IOException {
    if (name.endsWith(CLASS)) {
      if (written.add(name)) {
        put(name, mapped(bytes));
      }
      return;
    }
    // Flyway lists a folder's scripts, which needs the folder's own entry.
    String folder = name.substring(0, name.lastIndexOf('/') + 1);
    if (!folder.isEmpty() && written.add(folder)) {
      put(folder, new byte[0]);
    }
    if (written.add(name)) {
      put(name, bytes);
    }
  }

  private void put(String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    if (bytes.length > LARGE && !SELDOM_READ.matcher(name).matches()) {
      CRC32 sum = new CRC32();
      sum.update(bytes);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(bytes.length);
      entry.setCrc(sum.getValue());
    }
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }

  private byte[] mapped(byte[] bytes) {
    int version = (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
    if (version >= MAPPED) {
      return bytes;
    }
    ClassModel model = classes.parse(bytes);
    return classes.transformClass(
        model,
        ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
            .andThen(
                (builder, element) -> {
                  if (element instanceof ClassFileVersion) {
                    builder.withVersion(MAPPED, 0);
                  } else {
                    builder.with(element);
                  }
                }));
  }
}
