/** Models behind any server that speaks OpenAI's protocol. */
package dev.outcrop.models.openai;
