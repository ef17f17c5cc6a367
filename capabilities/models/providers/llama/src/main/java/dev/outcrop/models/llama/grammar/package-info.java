/**
 * Which bytes may come next: a grammar of JSON texts as a small automaton with a stack, and the
 * matcher that walks it. Needs the JDK alone, as it runs where the model does.
 */
package dev.outcrop.models.llama.grammar;
