/** What is known of each document: seen by scans, sent by clients, held by the index. */
package dev.outcrop.knowledge.documents;
