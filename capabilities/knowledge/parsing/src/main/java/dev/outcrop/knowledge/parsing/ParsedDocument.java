package dev.outcrop.knowledge.parsing;

import java.util.List;

/**
 * A document as blocks of text in reading order.
 *
 * @param mediaType what it was found to be, for example {@code application/pdf}
 * @param blocks paragraphs, headings, list items, table rows
 */
public record ParsedDocument(String mediaType, List<Block> blocks) {

  /**
   * A piece of text that belongs together.
   *
   * @param kind what it is
   * @param text its text, without markup
   * @param page the page, slide or sheet it stands on, from 1; 0 where the format has none
   * @param headings the headings above it, outermost first; never null
   */
  public record Block(Kind kind, String text, int page, List<String> headings) {}

  /** Kinds of blocks. */
  public enum Kind {
    HEADING,
    PARAGRAPH,
    LIST_ITEM,
    TABLE_ROW,
    CODE
  }
}
