package dev.outcrop.wire.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import software.amazon.awssdk.core.document.Document;

/** Writes free-form documents, whose keys and numbers are the user's and stay as they are. */
final class DocumentWriter {
  private DocumentWriter() {}

  static void write(Document document, JsonGenerator out) throws IOException {
    if (document == null || document.isNull()) {
      out.writeNull();
    } else if (document.isString()) {
      out.writeString(document.asString());
    } else if (document.isBoolean()) {
      out.writeBoolean(document.asBoolean());
    } else if (document.isNumber()) {
      number(document.asNumber().stringValue(), out);
    } else if (document.isList()) {
      list(document, out);
    } else {
      map(document, out);
    }
  }

  private static void number(String digits, JsonGenerator out) throws IOException {
    char last = digits.charAt(digits.length() - 1);
    if (last >= '0' && last <= '9') {
      out.writeNumber(digits);
    } else {
      out.writeString(digits); // NaN and the infinities are not numbers in JSON
    }
  }

  private static void list(Document document, JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (Document element : document.asList()) {
      write(element, out);
    }
    out.writeEndArray();
  }

  private static void map(Document document, JsonGenerator out) throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, Document> entry : document.asMap().entrySet()) {
      out.writeFieldName(entry.getKey());
      write(entry.getValue(), out);
    }
    out.writeEndObject();
  }
}
