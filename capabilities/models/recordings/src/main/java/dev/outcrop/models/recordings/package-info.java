/** Model calls recorded to files and replayed from them. */
package dev.outcrop.models.recordings;
