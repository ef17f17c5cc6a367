package dev.outcrop.knowledge.answering;

import dev.outcrop.knowledge.index.Hit;

/**
 * A sentence quoted from a passage.
 *
 * @param passage where it stands
 * @param start offset into the passage's text
 * @param text the sentence, letter by letter
 * @param score how well it answers, comparable within one answer
 * @param rank 1 for the best
 */
public record Quote(Hit passage, int start, String text, double score, int rank) {}
