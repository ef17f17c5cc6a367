/** Inference that goes on without the client: batch jobs and asynchronous calls. */
package dev.outcrop.models.batch;
