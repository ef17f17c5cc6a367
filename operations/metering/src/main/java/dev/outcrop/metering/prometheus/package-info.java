/** Metrics in Prometheus's text format. */
package dev.outcrop.metering.prometheus;
