/**
 * The child process: one loaded model, its key-value cache, and the scheduler that decodes several
 * requests in one batch. It talks to the server in {@link
 * dev.outcrop.models.llama.engine.Message}s.
 */
package dev.outcrop.models.llama.engine;
