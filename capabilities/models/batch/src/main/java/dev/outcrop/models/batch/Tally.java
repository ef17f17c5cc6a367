package dev.outcrop.models.batch;

/** What has become of records, under the names of {@code manifest.json.out}. */
record Tally(
    long totalRecordCount,
    long processedRecordCount,
    long successRecordCount,
    long errorRecordCount,
    long inputTokenCount,
    long outputTokenCount) {

  static Tally of(long total) {
    return new Tally(total, 0, 0, 0, 0, 0);
  }

  Tally with(boolean success, long inputTokens, long outputTokens) {
    return new Tally(
        totalRecordCount,
        processedRecordCount + 1,
        successRecordCount + (success ? 1 : 0),
        errorRecordCount + (success ? 0 : 1),
        inputTokenCount + inputTokens,
        outputTokenCount + outputTokens);
  }
}
