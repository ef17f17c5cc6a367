package dev.outcrop.models.catalogue;

import java.math.BigDecimal;

/**
 * What a model costs, in US dollars: tokens by the million, images each. Null is not known, and
 * counted as nothing.
 *
 * @param input tokens read that no cache had
 * @param output tokens written
 * @param cacheRead input tokens that a cache had
 * @param cacheWrite input tokens put into a cache
 * @param image an image made
 */
public record Prices(
    BigDecimal input,
    BigDecimal output,
    BigDecimal cacheRead,
    BigDecimal cacheWrite,
    BigDecimal image) {

  /** No prices are known. */
  public static final Prices UNKNOWN = new Prices(null, null, null, null, null);
}
