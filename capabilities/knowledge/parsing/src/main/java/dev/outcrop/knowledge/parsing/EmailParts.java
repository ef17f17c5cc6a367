package dev.outcrop.knowledge.parsing;

import dev.outcrop.knowledge.parsing.ParsedDocument.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.message.MaximalBodyDescriptor;
import org.apache.james.mime4j.parser.AbstractContentHandler;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.Field;

/** Takes the parts of an e-mail as they stream by; each is read as a document of its own. */
final class EmailParts extends AbstractContentHandler {
  private static final int DEEPEST = 5;
  private static final List<String> SHOWN = List.of("From", "To", "Cc", "Date");

  /** A multipart that is open; of alternatives, the first that gives text is taken. */
  private static final class Multipart {
    final boolean alternative;
    boolean done;

    Multipart(boolean alternative) {
      this.alternative = alternative;
    }
  }

  private final Source source;
  private final Blocks blocks;
  private final Map<String, String> header = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Deque<Multipart> multiparts = new ArrayDeque<>();
  private final List<String> notes = new ArrayList<>();
  private int messages;
  private int parts;
  private boolean inPart;

  EmailParts(Source source, Blocks blocks) {
    this.source = source;
    this.blocks = blocks;
  }

  /** What was not read, and why. */
  List<String> notes() {
    return notes;
  }

  @Override
  public void startMessage() {
    if (++messages > source.limits().attachments()) {
      throw Refusal.over("messages inside", source.limits().attachments());
    }
    header.clear();
    inPart = false;
  }

  @Override
  public void startBodyPart() {
    inPart = true;
    source.deadline().check();
  }

  @Override
  public void field(Field field) {
    if (!inPart) {
      String decoded = DecoderUtil.decodeEncodedWords(field.getBody(), DecodeMonitor.SILENT);
      header.putIfAbsent(field.getName(), decoded);
    }
  }

  @Override
  public void endHeader() {
    if (inPart) {
      return;
    }
    blocks.heading(messages, header.getOrDefault("Subject", ""), 0);
    StringBuilder lines = new StringBuilder();
    SHOWN.stream()
        .filter(header::containsKey)
        .forEach(name -> lines.append(name).append(": ").append(header.get(name)).append('\n'));
    blocks.add(Kind.PARAGRAPH, lines.toString(), 0);
  }

  @Override
  public void startMultipart(BodyDescriptor descriptor) {
    if (multiparts.size() > source.limits().depth()) {
      throw new Refusal("the e-mail is nested too deeply");
    }
    multiparts.push(new Multipart("alternative".equals(descriptor.getSubType())));
  }

  @Override
  public void endMultipart() {
    boolean done = multiparts.pop().done;
    if (done && !multiparts.isEmpty()) {
      multiparts.peek().done = true;
    }
  }

  @Override
  public void body(BodyDescriptor descriptor, InputStream in) throws IOException {
    Multipart around = multiparts.peek();
    if (around != null && around.alternative && around.done) {
      return;
    }
    if (++parts > source.limits().attachments()) {
      throw Refusal.over("attachments", source.limits().attachments());
    }
    Path file = Files.createTempFile("outcrop-part", ".tmp");
    try {
      part(descriptor, in, file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void part(BodyDescriptor descriptor, InputStream in, Path file) throws IOException {
    String name = fileName(descriptor);
    boolean text = "text".equals(descriptor.getMediaType()) && name == null;
    try (InputStream counted = source.unpacked().counted(in, source.deadline())) {
      if (text) {
        copyText(counted, charset(descriptor), file);
      } else {
        Files.copy(counted, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (Files.size(file) == 0) {
      return;
    }
    if (text) {
      int before = blocks.size();
      Format format = descriptor.getSubType().equals("html") ? Format.HTML : Format.TEXT;
      format.read(source.inner(file, "part"), blocks);
      if (!multiparts.isEmpty()) {
        multiparts.peek().done |= blocks.size() > before;
      }
    } else {
      attachment(file, name == null ? descriptor.getMimeType() : name);
    }
  }

  private void attachment(Path file, String name) {
    if (source.depth() >= DEEPEST) {
      throw new Refusal("e-mails are attached to each other more than " + DEEPEST + " deep");
    }
    try {
      source.deadline().check();
      Blocks inner = new Blocks(source.limits(), source.deadline());
      StructuredParser.read(source.inner(file, name), inner);
      blocks.addAll("Attachment: " + name, inner);
    } catch (RuntimeException | IOException | StackOverflowError e) {
      source.deadline().check();
      notes.add("Attachment " + name + " was not read: " + e.getMessage());
    }
  }

  private void copyText(InputStream in, Charset charset, Path file) throws IOException {
    try (Writer out = new OutputStreamWriter(Files.newOutputStream(file), StandardCharsets.UTF_8)) {
      new InputStreamReader(in, charset).transferTo(out);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Charset charset(BodyDescriptor descriptor) {
    try {
      String name = descriptor.getCharset();
      return name == null || name.toLowerCase(Locale.ROOT).equals("us-ascii")
          ? StandardCharsets.UTF_8
          : Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.ISO_8859_1;
    }
  }

  private static String fileName(BodyDescriptor descriptor) {
    if (!(descriptor instanceof MaximalBodyDescriptor full)) {
      return null;
    }
    String name = full.getContentDispositionFilename();
    if (name == null && "attachment".equals(full.getContentDispositionType())) {
      name = "unnamed";
    }
    return name == null
        ? null
        : Text.oneLine(DecoderUtil.decodeEncodedWords(name, DecodeMonitor.SILENT));
  }
}
