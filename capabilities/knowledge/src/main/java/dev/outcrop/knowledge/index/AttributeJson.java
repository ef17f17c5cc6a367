package dev.outcrop.knowledge.index;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Attributes as a JSON object, the form in which the index stores them. */
public final class AttributeJson {
  private static final JsonFactory JSON = new JsonFactory();

  private AttributeJson() {}

  public static String write(Map<String, Attribute> attributes) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      for (Map.Entry<String, Attribute> entry : attributes.entrySet()) {
        json.writeFieldName(entry.getKey());
        write(entry.getValue(), json);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static void write(Attribute attribute, JsonGenerator json) throws IOException {
    switch (attribute) {
      case Attribute.Text text -> json.writeString(text.value());
      case Attribute.Number number -> json.writeNumber(number.value());
      case Attribute.Flag flag -> json.writeBoolean(flag.value());
      case Attribute.Texts texts ->
          json.writeArray(texts.values().toArray(String[]::new), 0, texts.values().size());
    }
  }

  /**
   * Reads what {@link #write} wrote, or any flat JSON object of strings, numbers, booleans and
   * string lists.
   *
   * @throws IllegalArgumentException when it is anything else, saying which key
   */
  public static Map<String, Attribute> read(String text) {
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("not a JSON object");
      }
      return object(json);
    } catch (IOException e) {
      throw new IllegalArgumentException("not valid JSON: " + e.getMessage(), e);
    }
  }

  /** Reads the attributes of the object whose opening brace was just read. */
  public static Map<String, Attribute> object(JsonParser json) throws IOException {
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      attributes.put(key, value(key, json));
    }
    return attributes;
  }

  /** Reads one value; the parser stands on its first token. */
  public static Attribute value(String key, JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_STRING -> new Attribute.Text(json.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Attribute.Number(json.getDoubleValue());
      case VALUE_TRUE -> new Attribute.Flag(true);
      case VALUE_FALSE -> new Attribute.Flag(false);
      case START_ARRAY -> texts(key, json);
      default ->
          throw new IllegalArgumentException(
              "attribute '" + key + "' must be a string, a number, a boolean or a string list");
    };
  }

  private static Attribute texts(String key, JsonParser json) throws IOException {
    List<String> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_STRING) {
        throw new IllegalArgumentException("the list '" + key + "' must hold strings only");
      }
      values.add(json.getText());
    }
    return new Attribute.Texts(values);
  }
}
