/** Connections to remote model services: endpoints, keys, retries, circuit breakers. */
package dev.outcrop.models.upstream;
