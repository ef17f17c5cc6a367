/**
 * Work that outlives the request that asked for it: submitted in the transaction that records the
 * resource, run in the background, retried, cancelled, and taken up again after a crash.
 */
package dev.outcrop.jobs;
