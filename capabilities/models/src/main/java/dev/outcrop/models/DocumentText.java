package dev.outcrop.models;

/** Finds the text in documents, for models that don't read documents themselves. */
@FunctionalInterface
public interface DocumentText {

  /**
   * The text of a document.
   *
   * @param name the document's name in the conversation
   * @param format {@code pdf}, {@code csv}, {@code doc}, {@code docx}, {@code xls}, {@code xlsx},
   *     {@code html}, {@code txt} or {@code md}
   * @param bytes the document
   * @throws software.amazon.awssdk.services.bedrockruntime.model.ValidationException when it can't
   *     be read, with the reason
   */
  String of(String name, String format, byte[] bytes);
}
