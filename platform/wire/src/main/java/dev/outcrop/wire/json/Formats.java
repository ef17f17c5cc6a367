package dev.outcrop.wire.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;

/** The Jackson factories, with limits on what a body may make the reader do. */
public final class Formats {
  /** Deeper nesting than this is refused: no AWS structure comes near it. */
  public static final int MAX_DEPTH = 200;

  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(MAX_DEPTH)
          .maxStringLength(Integer.MAX_VALUE)
          .maxNumberLength(1_000)
          .maxNameLength(50_000)
          .build();

  // Thread-local recycling would keep a buffer for every virtual thread; the pool is shared.
  public static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(LIMITS)
          .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
          .build();

  public static final CBORFactory CBOR =
      CBORFactory.builder()
          .streamReadConstraints(LIMITS)
          .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
          .build();

  private Formats() {}
}
