/** Calls of models recorded to files, and answered from them without a provider. */
package dev.outcrop.models.recordings;
