/** Chunks in Lucene: vectors and BM25 in one index for each knowledge base, with filters. */
package dev.outcrop.knowledge.index;
