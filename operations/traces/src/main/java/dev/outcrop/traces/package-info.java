/** Traces of calls, by OpenTelemetry's conventions for GenAI. */
package dev.outcrop.traces;
