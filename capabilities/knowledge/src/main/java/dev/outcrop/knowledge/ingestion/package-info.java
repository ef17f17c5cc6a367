/**
 * From bytes to chunks in the index: reading, parsing, cutting and embedding, a bounded number at a
 * time, resumable after a crash.
 */
package dev.outcrop.knowledge.ingestion;
