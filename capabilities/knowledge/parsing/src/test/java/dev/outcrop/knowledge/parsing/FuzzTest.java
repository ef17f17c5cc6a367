package dev.outcrop.knowledge.parsing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damages valid documents at random: the outcome is always a document or a reason, in time. Another
 * seed or more rounds: {@code -Doutcrop.seed=…}, {@code -Doutcrop.rounds=…}.
 */
class FuzzTest {
  private static final long SEED = Long.getLong("outcrop.seed", 20261122);
  private static final int ROUNDS = Integer.getInteger("outcrop.rounds", 60);

  @TempDir Path folder;

  @Test
  void damagedDocumentsAreReadOrRefused() throws Exception {
    Map<String, byte[]> documents = new LinkedHashMap<>();
    documents.put("a.pdf", Documents.samplePdf());
    documents.put("a.docx", Documents.docx());
    documents.put("a.pptx", Documents.pptx());
    documents.put("a.xlsx", Documents.xlsx());
    documents.put("a.xls", Documents.xls());
    documents.put("a.ppt", Documents.ppt());
    documents.put("a.eml", Documents.eml());
    documents.put("a.html", Documents.text("<html><table><tr><td>a</table><p>b<ul><li>c"));
    documents.put("a.md", Documents.text("# a\n\n* b\n\n| c | d |\n|---|---|\n| 1 | 2 |\n> `e`"));
    documents.put("a.csv", Documents.text("a,\"b\"\n1,\"2\n3\"\n"));
    documents.put("a.xml", Documents.text("<?xml version='1.0'?><a b='c'>d<e/>&lt;</a>"));
    int read = 0;
    int refused = 0;
    for (var document : documents.entrySet()) {
      for (int round = 0; round < ROUNDS; round++) {
        Random random = new Random(SEED + round);
        if (isRead(document.getKey(), damage(document.getValue(), random), SEED + round)) {
          read++;
        } else {
          refused++;
        }
      }
    }
    assertThat(read).isPositive();
    assertThat(refused).isPositive();
  }

  private boolean isRead(String name, byte[] bytes, long seed) throws Exception {
    Path file = Files.write(folder.resolve(name), bytes);
    try {
      new StructuredParser(ParsingLimits.DEFAULT.withTime(Duration.ofSeconds(30)))
          .parse(file, name);
      return true;
    } catch (UnreadableDocumentException e) {
      assertThat(e.getMessage())
          .as("%s, seed %d", name, seed)
          .isNotBlank()
          .doesNotContain("longer than");
      return false;
    } catch (RuntimeException | Error e) {
      return fail("%s, seed %d".formatted(name, seed), e);
    }
  }

  private static byte[] damage(byte[] valid, Random random) {
    byte[] bytes = valid.clone();
    switch (random.nextInt(4)) {
      case 0 -> {
        for (int i = random.nextInt(1, 30); i > 0; i--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
      }
      case 1 -> bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 2 -> {
        int length = random.nextInt(1, Math.max(2, bytes.length / 4));
        int from = random.nextInt(bytes.length - length + 1);
        System.arraycopy(bytes, from, bytes, random.nextInt(bytes.length - length + 1), length);
      }
      default -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }
}
