package dev.outcrop.knowledge.index;

import dev.outcrop.knowledge.chunking.Chunk;
import java.util.Map;

/**
 * A chunk ready for the index.
 *
 * @param id unique in the knowledge base and the same whenever the document is indexed again
 * @param chunk its text and place
 * @param vector its embedding, L2 norm 1
 * @param attributes metadata that filters see and responses carry
 */
public record Entry(String id, Chunk chunk, float[] vector, Map<String, Attribute> attributes) {}
