package dev.outcrop.storage;

import java.util.List;

/**
 * A part of a listing.
 *
 * @param nextToken asks for the part after this one; null when this is the last
 */
public record Page<T>(List<T> items, String nextToken) {
  public Page {
    items = List.copyOf(items);
  }
}
