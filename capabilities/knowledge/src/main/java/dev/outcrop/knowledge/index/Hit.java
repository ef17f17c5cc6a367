package dev.outcrop.knowledge.index;

import dev.outcrop.knowledge.chunking.Sentences;
import java.util.List;
import java.util.Map;

/**
 * A chunk that was found.
 *
 * @param id the chunk's id
 * @param document the document it is of
 * @param text its text
 * @param start its offset in the document's text
 * @param headings the headings above it, outermost first
 * @param sentences what may be quoted from it, as offsets into {@code text}
 * @param attributes its metadata
 * @param score 0 to 1, comparable within one search only
 */
public record Hit(
    String id,
    DocumentKey document,
    String text,
    int start,
    List<String> headings,
    List<Sentences.Span> sentences,
    Map<String, Attribute> attributes,
    double score) {}
