package dev.outcrop.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** {@code {"services":{"bedrock":{"implemented":[…],"missing":[…]}}}}. */
final class CoverageJson {
  private CoverageJson() {}

  static String of(List<Installation.ServiceCoverage> services) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeObjectFieldStart("services");
      for (Installation.ServiceCoverage service : services) {
        json.writeObjectFieldStart(service.service());
        names(json, "implemented", service.implemented());
        names(json, "missing", service.missing());
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void names(JsonGenerator json, String field, List<String> names)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String name : names) {
      json.writeString(name);
    }
    json.writeEndArray();
  }
}
