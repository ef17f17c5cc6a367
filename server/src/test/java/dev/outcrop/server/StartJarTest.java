package dev.outcrop.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StartJarTest {
  @TempDir private Path folder;
  private Path jars;
  private Path merged;

  @BeforeEach
  void folders() throws IOException {
    jars = Files.createDirectory(folder.resolve("lib"));
    merged = folder.resolve("start.jar");
  }

  /** A jar of names and contents in turn. */
  private void jar(String file, String... entries) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Name.MULTI_RELEASE, "true");
    try (var out = new JarOutputStream(Files.newOutputStream(jars.resolve(file)), manifest)) {
      for (int i = 0; i < entries.length; i += 2) {
        out.putNextEntry(new JarEntry(entries[i]));
        out.write(entries[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private List<String> names() throws IOException {
    try (JarFile jar = new JarFile(merged.toFile())) {
      return jar.stream().map(ZipEntry::getName).toList();
    }
  }

  private String text(String name) throws IOException {
    try (JarFile jar = new JarFile(merged.toFile())) {
      return new String(
          jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void servicesAreJoinedAndOfOtherFilesTheFirstIsTaken() throws IOException {
    jar("a.jar", "META-INF/services/x.Y", "a.Y", "x/words.txt", "first");
    jar("b.jar", "META-INF/services/x.Y", "# one\nb.Y", "x/words.txt", "second", "y/z.txt", "z");
    Files.writeString(jars.resolve("notes.txt"), "no jar");
    StartJar.make(jars, merged);
    assertThat(text("META-INF/services/x.Y").lines()).containsExactly("a.Y", "# one", "b.Y");
    assertThat(text("x/words.txt")).isEqualTo("first");
    assertThat(names()).contains("x/", "y/", "y/z.txt").doesNotHaveDuplicates();
  }

  @Test
  void whatIsForOneJarAloneIsLeftOut() throws IOException {
    jar(
        "a.jar",
        "META-INF/A.SF",
        "signature",
        "META-INF/A.RSA",
        "signature",
        "META-INF/INDEX.LIST",
        "index",
        "module-info.class",
        "not read",
        "META-INF/LICENSE",
        "kept");
    StartJar.make(jars, merged);
    assertThat(names()).containsExactly("META-INF/", "META-INF/LICENSE");
  }

  @Test
  void ofVersionsTheOneForThisJvmIsTaken() throws IOException {
    jar(
        "a.jar",
        "v.txt",
        "old",
        "META-INF/versions/11/v.txt",
        "new",
        "META-INF/versions/99/v.txt",
        "newer");
    StartJar.make(jars, merged);
    assertThat(text("v.txt")).isEqualTo("new");
    assertThat(names()).containsExactly("v.txt");
  }

  /** Picocli's classes are of Java 5 and have none. */
  @Test
  void oldClassesGetStackMapsAndAreStillGood() throws Exception {
    Path picocli =
        Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Files.copy(picocli, jars.resolve("picocli.jar"));
    StartJar.make(jars, merged);
    int maps = 0;
    try (JarFile jar = new JarFile(merged.toFile());
        Stream<JarEntry> entries = jar.stream()) {
      for (JarEntry entry : entries.filter(e -> e.getName().endsWith(".class")).toList()) {
        ClassModel model = ClassFile.of().parse(jar.getInputStream(entry).readAllBytes());
        assertThat(model.majorVersion()).isGreaterThanOrEqualTo(ClassFile.JAVA_7_VERSION);
        assertThat(ClassFile.of().verify(model)).isEmpty();
        maps +=
            (int)
                model.methods().stream()
                    .flatMap(method -> method.code().stream())
                    .filter(code -> code.findAttribute(Attributes.stackMapTable()).isPresent())
                    .count();
      }
    }
    assertThat(maps).isGreaterThan(100);
  }

  @Test
  void madeByManyAtOnceItIsWhole() throws Exception {
    for (int i = 0; i < 5; i++) {
      jar("j" + i + ".jar", "folder" + i + "/file.txt", "x".repeat(100_000));
    }
    List<CompletableFuture<Void>> makers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      makers.add(CompletableFuture.runAsync(this::make));
    }
    for (CompletableFuture<Void> maker : makers) {
      maker.join();
      assertThat(text("folder4/file.txt")).hasSize(100_000);
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(jars, merged);
    }
  }

  private void make() {
    try {
      StartJar.make(jars, merged);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aBrokenJarLeavesTheOldOneAsItWas() throws IOException {
    jar("a.jar", "x.txt", "x");
    StartJar.make(jars, merged);
    Files.writeString(jars.resolve("b.jar"), "no zip");
    assertThatThrownBy(() -> StartJar.make(jars, merged)).isInstanceOf(IOException.class);
    assertThat(text("x.txt")).isEqualTo("x");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(jars, merged);
    }
  }
}
