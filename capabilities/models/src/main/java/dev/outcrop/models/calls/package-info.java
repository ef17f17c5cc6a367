/** What others may know of every call of a model: metering, logs, traces, budgets, recordings. */
package dev.outcrop.models.calls;
