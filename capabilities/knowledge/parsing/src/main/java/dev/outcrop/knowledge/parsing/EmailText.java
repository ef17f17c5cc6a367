package dev.outcrop.knowledge.parsing;

import dev.outcrop.knowledge.parsing.ParsedDocument.Kind;
import java.io.IOException;
import java.io.InputStream;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.message.DefaultBodyDescriptorBuilder;
import org.apache.james.mime4j.parser.MimeStreamParser;
import org.apache.james.mime4j.stream.MimeConfig;

/** E-mail: subject, correspondents, text, and the attachments that can be read. */
final class EmailText {
  private static final MimeConfig CONFIG =
      MimeConfig.custom()
          .setMaxLineLen(1_000_000)
          .setMaxHeaderLen(1_000_000)
          .setMaxHeaderCount(10_000)
          .setCountLineNumbers(false)
          .build();

  private EmailText() {}

  static void read(Source source, Blocks blocks) throws IOException {
    EmailParts parts = new EmailParts(source, blocks);
    MimeStreamParser parser =
        new MimeStreamParser(CONFIG, null, new DefaultBodyDescriptorBuilder());
    parser.setContentDecoding(true);
    parser.setContentHandler(parts);
    try (InputStream in = source.open()) {
      parser.parse(in);
    } catch (MimeException e) {
      throw new Refusal("the e-mail is broken: " + e.getMessage(), e);
    }
    parts.notes().forEach(note -> blocks.add(Kind.PARAGRAPH, note, 0));
  }
}
