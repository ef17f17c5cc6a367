/**
 * OpenAI's API over every model here: chat completions, responses, embeddings and the list of
 * models, on the port of AWS's APIs. Each call is one of Bedrock Runtime's to whoever watches
 * calls.
 */
package dev.outcrop.models.compatible;
