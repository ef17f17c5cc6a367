package dev.outcrop.models.batch;

/**
 * A line of the output.
 *
 * @param record which of its input file, from 0
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares results
record Result(int record, boolean success, long inputTokens, long outputTokens, byte[] json) {}
