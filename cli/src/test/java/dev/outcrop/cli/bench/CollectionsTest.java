package dev.outcrop.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectionsTest {
  @TempDir Path folder;

  @Test
  void readsTopicsThatHaveJudgementsAndTheArchive() throws Exception {
    write(
        "topics.txt",
        "<DOC>\n<DOCNO> 1 </DOCNO>\n\n Which one,\nif any?\n</DOC>\n"
            + "<DOC>\n<DOCNO> 2 </DOCNO>\nUnjudged\n</DOC>\n");
    write("qrels.txt", "1 Q0 CACM-0001 1\n1 Q0 CACM-0002 0\n");
    tar("one/CACM-0001.html", "CACM-0002.html");

    Cacm cacm = Cacm.read(folder);

    assertThat(cacm.topics())
        .containsExactly(new Cacm.Topic("1", "Which one,\nif any?", Set.of("CACM-0001")));
    Path target = Files.createDirectory(folder.resolve("target"));
    assertThat(cacm.unpack(target)).isEqualTo(2);
    assertThat(target.resolve("CACM-0001.html")).content().isEqualTo("text of one/CACM-0001.html");
    assertThat(target.resolve("CACM-0002.html")).content().isEqualTo("text of CACM-0002.html");
  }

  @Test
  void reportsAnArchiveThatIsCutShort() throws Exception {
    tar("CACM-0001.html");
    Path archive = folder.resolve("cacm.tar.gz");
    byte[] whole = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> Tar.unpack(archive, folder)).isInstanceOf(IOException.class);
  }

  @Test
  void findsAnAnswerOnlyWhereItStands() throws Exception {
    write(
        "xquad.json",
        """
        {"data":[{"paragraphs":[{"context":"It is 12 here.  It is\\n12 there.","qas":[
          {"question":"How many there?","answers":[{"text":"12","answer_start":22}]}]}]}]}
        """);
    Xquad xquad = Xquad.read(folder.resolve("xquad.json"));
    Xquad.Question question = xquad.questions().getFirst();
    Xquad.Paragraph paragraph = question.paragraph();

    assertThat(paragraph.holds("It is 12 there.", question)).isTrue();
    assertThat(paragraph.holds("It is 12 here.", question)).isFalse();
    assertThat(paragraph.holds("It is", question)).isFalse();
    assertThat(paragraph.holds("It is 13 there.", question)).isFalse();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  /** An archive by the system's tar would do too; this one needs no tar. */
  private void tar(String... names) throws IOException {
    try (var out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("cacm.tar.gz")))) {
      for (String name : names) {
        byte[] text = ("text of " + name).getBytes(StandardCharsets.UTF_8);
        byte[] header = new byte[512];
        ascii(header, 0, name);
        ascii(header, 124, String.format("%011o", text.length));
        header[156] = '0';
        out.write(header);
        out.write(Arrays.copyOf(text, 512));
      }
      out.write(new byte[1024]);
    }
  }

  private static void ascii(byte[] header, int at, String text) {
    System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, header, at, text.length());
  }
}
