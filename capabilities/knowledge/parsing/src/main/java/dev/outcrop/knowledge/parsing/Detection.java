package dev.outcrop.knowledge.parsing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds out what a document is from its first bytes. */
final class Detection {
  private static final int SAMPLE = 1 << 16;

  private static final Pattern HTML =
      Pattern.compile(
          "\\A\\s*+(?:<\\?xml[^>]{0,200}>\\s*+)?(?:<!--(?:(?!-->).){0,4000}-->\\s*+){0,20}"
              + "<(?:!doctype\\s++html|html|head|body|title|table|div|p|h[1-6]|article|section)[\\s>/]",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern XML =
      Pattern.compile("\\A\\s*+<(?:\\?xml\\s|!DOCTYPE\\s|!--|[A-Za-z_][\\w.:-]{0,200}[\\s>/])");
  private static final Pattern HEADER_LINE =
      Pattern.compile(
          "(?m)^(?:From|To|Cc|Subject|Date|Message-ID|MIME-Version|Received|Return-Path|Reply-To"
              + "|Delivered-To|DKIM-Signature|Content-Type):",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ANY_HEADER = Pattern.compile("\\A[!-9;-~]{1,80}:[ \\t]");

  private static final Set<String> CODE =
      Set.of(
          ("java kt scala groovy py js mjs ts tsx jsx c h cc cpp hpp cs go rs rb php swift sh bash sql"
                  + " r pl lua gradle yaml yml json jsonl toml ini conf properties css proto tf")
              .split(" "));

  private Detection() {}

  static Format detect(Source source) throws IOException {
    byte[] head = head(source);
    if (head.length == 0) {
      throw new Refusal("the document is empty");
    }
    Format binary = Signatures.find(head, source);
    return binary != null ? binary : text(head, source);
  }

  private static byte[] head(Source source) throws IOException {
    try (InputStream in = source.open()) {
      return in.readNBytes(SAMPLE);
    }
  }

  private static Format text(byte[] head, Source source) {
    String text = TextEncoding.sample(head);
    if (HTML.matcher(text).find()) {
      return Format.HTML;
    }
    String extension = source.extension();
    if (isEmail(text, extension)) {
      return Format.EMAIL;
    }
    return switch (extension) {
      case "html", "htm", "xhtml" -> Format.HTML;
      case "md", "markdown" -> Format.MARKDOWN;
      case "csv", "tsv" -> Format.CSV;
      default -> {
        if (XML.matcher(text).find() && (extension.equals("xml") || text.contains("<?xml"))) {
          yield Format.XML;
        }
        yield CODE.contains(extension) ? Format.CODE : Format.TEXT;
      }
    };
  }

  private static boolean isEmail(String text, String extension) {
    int end = text.replace("\r", "").indexOf("\n\n");
    String header = end < 0 ? text : text.replace("\r", "").substring(0, end);
    if (!ANY_HEADER.matcher(header).find()) {
      return false;
    }
    long known =
        HEADER_LINE
            .matcher(header)
            .results()
            .map(match -> match.group().toLowerCase(Locale.ROOT))
            .distinct()
            .count();
    return known >= (extension.equals("eml") ? 1 : 3);
  }

  /** Latin-1 keeps every byte, which is enough to look for marks. */
  static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
