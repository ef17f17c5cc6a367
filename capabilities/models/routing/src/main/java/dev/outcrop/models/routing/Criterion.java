package dev.outcrop.models.routing;

/**
 * A router's criterion, as AWS describes it: its fallback model is left only when that is worth it.
 * From an able fallback a prompt goes to the cheap model when its answer is expected to be worse by
 * at most so many percent; from a cheap one it goes to the able model when its answer is expected
 * to be better by more.
 *
 * @param qualityDifference {@code responseQualityDifference}, 0 to 100
 * @param fallbackIsAble which of the two models is the fallback
 */
public record Criterion(double qualityDifference, boolean fallbackIsAble) {

  /** Whether the cheap model answers. */
  public boolean takesCheap(Prediction prediction) {
    return (fallbackIsAble ? prediction.drop() : prediction.gain()) <= qualityDifference;
  }
}
