/**
 * Knowledge bases: Bedrock's operations on them, on data sources, ingestion jobs and documents, and
 * Retrieve and RetrieveAndGenerate over them.
 *
 * <p>{@link dev.outcrop.knowledge.Knowledge} puts everything together. The work is done one package
 * down: {@code chunking} cuts documents, {@code index} keeps and finds chunks in Lucene, {@code
 * documents} knows what is indexed, {@code ingestion} brings the index in line with a source, and
 * {@code answering} quotes or lets a model write.
 */
package dev.outcrop.knowledge;
