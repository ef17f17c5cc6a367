/** Calls of models as OpenTelemetry traces. */
package dev.outcrop.traces;
