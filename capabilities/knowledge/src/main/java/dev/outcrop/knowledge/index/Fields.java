package dev.outcrop.knowledge.index;

import dev.outcrop.knowledge.chunking.Sentences;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.VectorSimilarityFunction;

/**
 * How a chunk lies in a Lucene document. Attributes are indexed under a name that begins with the
 * letter of their type, so one key may have different types in different documents.
 */
final class Fields {
  static final String ID = "id";
  static final String SOURCE = "source";
  static final String DOCUMENT = "document";
  static final String KEY = "key";
  static final String KIND = "kind";
  static final String TEXT = "text";
  static final String VECTOR = "vector";
  static final String START = "start";
  static final String HEADINGS = "headings";
  static final String SENTENCES = "sentences";
  static final String ATTRIBUTES = "attributes";
  static final String PRESENT = "present";

  private Fields() {}

  static String text(String key) {
    return "s:" + key;
  }

  static String number(String key) {
    return "n:" + key;
  }

  static String flag(String key) {
    return "b:" + key;
  }

  static String texts(String key) {
    return "l:" + key;
  }

  /** The term that names a document within the knowledge base. */
  static String key(DocumentKey key) {
    return key.dataSourceId() + '/' + key.kind() + '/' + key.id();
  }

  static Document document(DocumentKey key, Entry entry) {
    Document fields = new Document();
    fields.add(new StringField(ID, entry.id(), Field.Store.YES));
    fields.add(new StringField(SOURCE, key.dataSourceId(), Field.Store.YES));
    fields.add(new StringField(KEY, key(key), Field.Store.NO));
    fields.add(new StoredField(DOCUMENT, key.id()));
    fields.add(new StoredField(KIND, key.kind().name()));
    fields.add(new TextField(TEXT, entry.chunk().text(), Field.Store.YES));
    fields.add(
        new KnnFloatVectorField(VECTOR, entry.vector(), VectorSimilarityFunction.DOT_PRODUCT));
    fields.add(new StoredField(START, entry.chunk().start()));
    entry.chunk().headings().forEach(h -> fields.add(new StoredField(HEADINGS, h)));
    fields.add(new StoredField(SENTENCES, spans(entry.chunk().sentences())));
    fields.add(new StoredField(ATTRIBUTES, AttributeJson.write(entry.attributes())));
    entry.attributes().forEach((name, value) -> index(fields, name, value));
    return fields;
  }

  private static void index(Document fields, String name, Attribute value) {
    fields.add(new StringField(PRESENT, name, Field.Store.NO));
    switch (value) {
      case Attribute.Text text ->
          fields.add(new StringField(text(name), text.value(), Field.Store.NO));
      case Attribute.Number number ->
          fields.add(new DoubleField(number(name), number.value(), Field.Store.NO));
      case Attribute.Flag flag ->
          fields.add(new StringField(flag(name), Boolean.toString(flag.value()), Field.Store.NO));
      case Attribute.Texts texts ->
          texts.values().forEach(v -> fields.add(new StringField(texts(name), v, Field.Store.NO)));
    }
  }

  private static String spans(List<Sentences.Span> spans) {
    return spans.stream().map(s -> s.start() + "-" + s.end()).collect(Collectors.joining(" "));
  }

  private static List<Sentences.Span> spans(String text) {
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(" "))
            .map(span -> span.split("-"))
            .map(s -> new Sentences.Span(Integer.parseInt(s[0]), Integer.parseInt(s[1])))
            .toList();
  }

  static Hit hit(Document fields, double score) {
    DocumentKey key =
        new DocumentKey(
            fields.get(SOURCE), DocumentKey.Kind.valueOf(fields.get(KIND)), fields.get(DOCUMENT));
    Map<String, Attribute> attributes = AttributeJson.read(fields.get(ATTRIBUTES));
    return new Hit(
        fields.get(ID),
        key,
        fields.get(TEXT),
        fields.getField(START).numericValue().intValue(),
        List.of(fields.getValues(HEADINGS)),
        spans(fields.get(SENTENCES)),
        attributes,
        score);
  }
}
