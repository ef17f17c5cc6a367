/** Cuts parsed documents into chunks that fit an embedding model, at sentences and headings. */
package dev.outcrop.knowledge.chunking;
