/**
 * Settings: every module declares its own as a record, the server composes the records into one,
 * and {@link dev.outcrop.config.Configuration} fills it from flags, environment and file.
 */
package dev.outcrop.config;
