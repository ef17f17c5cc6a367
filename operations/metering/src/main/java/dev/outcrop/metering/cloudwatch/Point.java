package dev.outcrop.metering.cloudwatch;

/**
 * What came of a metric in a stretch of time.
 *
 * @param resolution the stretch, in seconds
 * @param started in milliseconds since 1970
 */
record Point(Series series, int resolution, long started, String unit, Distribution values) {
  Key key() {
    return new Key(series, resolution, started, unit);
  }

  /** What tells points apart. */
  record Key(Series series, int resolution, long started, String unit) {}
}
