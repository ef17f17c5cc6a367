/**
 * Chat models in GGUF files. {@link dev.outcrop.models.llama.LlamaProvider} checks requests,
 * renders chat templates and supervises child processes; what computes is in {@code engine}, inside
 * the child, over the native calls of {@code binding}.
 */
package dev.outcrop.models.llama;
