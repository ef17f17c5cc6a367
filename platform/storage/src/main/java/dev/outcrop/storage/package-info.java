/**
 * Durable state: one SQLite database in the home folder, and on top of it the stores that every
 * capability needs: {@link dev.outcrop.storage.Resources resources} kept as the SDK's own model
 * classes, {@link dev.outcrop.storage.Tags tags}, {@link dev.outcrop.storage.Idempotency client
 * tokens} and {@link dev.outcrop.storage.PageTokens page tokens}.
 */
package dev.outcrop.storage;
