/** Answers from found passages: quotes with no language model, or a chat model that cites. */
package dev.outcrop.knowledge.answering;
