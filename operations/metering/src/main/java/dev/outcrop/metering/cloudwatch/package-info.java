/** Metrics, as CloudWatch takes, keeps and computes them. */
package dev.outcrop.metering.cloudwatch;
