package dev.outcrop.models.routing;

/**
 * How good two models' answers to a prompt are expected to be, each from 0 (useless) to 1 (right).
 *
 * @param able of a large model
 * @param cheap of a small one of the same family
 */
public record Prediction(double able, double cheap) {

  /** What is lost by asking the cheap model, in percent of the able one's quality; may be < 0. */
  public double drop() {
    return 100 * (able - cheap) / able;
  }

  /** What is won by asking the able model, in percent of the cheap one's quality; may be < 0. */
  public double gain() {
    return 100 * (able - cheap) / cheap;
  }
}
