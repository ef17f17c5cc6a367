package dev.outcrop.knowledge.chunking;

import java.util.List;

/**
 * A piece of a document, as embedded and retrieved.
 *
 * @param text the document's text from {@code start} to {@code end}
 * @param start offset in UTF-16 units into the document's text
 * @param end offset behind the last character
 * @param page the page it begins on, from 1; 0 where the format has none
 * @param headings the headings above it, outermost first; the first within it if there are none
 * @param sentences what may be quoted from it, as offsets into {@code text}: sentences, list items,
 *     rows and pieces of code, no headings
 */
public record Chunk(
    String text,
    int start,
    int end,
    int page,
    List<String> headings,
    List<Sentences.Span> sentences) {}
