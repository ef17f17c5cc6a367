package dev.outcrop.models.batch;

import dev.outcrop.storage.Listing;
import java.time.Instant;
import java.util.function.Function;

/**
 * What a listing of work asks for, whichever service it is of.
 *
 * @param ascending oldest first; newest first otherwise
 * @param status null for any
 * @param after only what came later; null for any time
 * @param before only what came earlier; null for any time
 */
record Filters(boolean ascending, String status, Instant after, Instant before) {

  /**
   * The listing.
   *
   * @param statusOf the status of a piece of work
   * @param submitted when a piece of work came
   */
  <T> Listing<T> listing(Function<T, String> statusOf, Function<T, Instant> submitted) {
    Listing<T> listing = ascending ? Listing.all() : Listing.<T>all().reversed();
    if (status != null) {
      listing = listing.where("status=" + status, each -> statusOf.apply(each).equals(status));
    }
    if (after != null) {
      listing = listing.where("after=" + after, each -> submitted.apply(each).isAfter(after));
    }
    if (before != null) {
      listing = listing.where("before=" + before, each -> submitted.apply(each).isBefore(before));
    }
    return listing;
  }
}
