package dev.outcrop.traces;

import dev.outcrop.config.Secret;
import dev.outcrop.config.Setting;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code traces:} part of the configuration. Nothing of OpenTelemetry is loaded without an
 * endpoint.
 */
public record TraceSettings(
    @Setting(
            doc =
                "Where spans go: an OTLP collector by HTTP, for example http://localhost:4318;"
                    + " without it there are no traces.")
        Optional<URI> endpoint,
    @Setting(doc = "Headers sent to the collector, for example its key.", key = "name")
        Map<String, Secret> headers,
    @Setting(
            doc = "Which part of the calls is traced, 0 to 1, where the caller has not decided.",
            value = "1.0",
            min = 0,
            max = 1)
        double sampleRatio,
    @Setting(doc = "Whether spans have what was asked and answered.", value = "false")
        boolean captureContent) {

  /** Begins to trace; null when there is no endpoint. */
  public Traces open() {
    return endpoint.isEmpty() ? null : new Traces(this);
  }
}
