package dev.outcrop.logs.invocations;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.bedrock.model.LoggingConfig;

/**
 * Told what becomes of records of the invocation log, also by threads that serve calls: it must be
 * quick and must not throw.
 */
public interface LogDeliveries {
  /** Counts nothing. */
  LogDeliveries NONE = (account, region, destination, result, records) -> {};

  /** Where records go. */
  enum Destination {
    LOG_GROUP,
    BUCKET,
    /** The objects of bodies that are too large for a record. */
    LARGE_DATA;

    /** Where the records of a configuration go. */
    static List<Destination> of(LoggingConfig config) {
      List<Destination> all = new ArrayList<>(2);
      if (config.cloudWatchConfig() != null) {
        all.add(LOG_GROUP);
      }
      if (config.s3Config() != null) {
        all.add(BUCKET);
      }
      return all;
    }
  }

  /** What became of a record. */
  enum Result {
    DELIVERED,
    /** The destination did not take it. */
    FAILED,
    /** It was not tried, because the queue was full. */
    DROPPED
  }

  /**
   * Counts records.
   *
   * @param account twelve digits
   * @param region for example {@code us-east-1}
   * @param records how many; of bodies for {@link Destination#LARGE_DATA}
   */
  void count(String account, String region, Destination destination, Result result, int records);
}
