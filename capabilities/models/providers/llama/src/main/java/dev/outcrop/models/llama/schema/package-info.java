/** JSON Schema as a grammar whose every text is valid, and the refusal of what can't be one. */
package dev.outcrop.models.llama.schema;
