package dev.outcrop.metering.cloudwatch;

import dev.outcrop.metering.ledger.FailureCode;
import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.models.calls.ModelCall;
import dev.outcrop.models.calls.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The metrics of {@code AWS/Bedrock}, by model and over all models. Points are added up here and
 * written every second and before each read, so that a call costs no write; a kill loses the last
 * second of metrics, and nothing of the ledger.
 */
final class CallMetrics implements CallObserver {
  static final String NAMESPACE = "AWS/Bedrock";
  private static final String MODEL = "ModelId";
  private static final int MINUTE = 60;

  private static final Set<String> THROTTLES =
      Set.of("ThrottlingException", "ServiceQuotaExceededException");
  private static final Set<String> SERVER_ERRORS =
      Set.of(
          "InternalServerException",
          "ServiceUnavailableException",
          "ModelErrorException",
          "ModelStreamErrorException",
          "ModelNotReadyException",
          "ModelTimeoutException");

  private final ReentrantLock adding = new ReentrantLock();
  private final ReentrantLock writing = new ReentrantLock();
  private final MetricStore store;
  private Map<Point.Key, Distribution> points = new HashMap<>();

  CallMetrics(MetricStore store) {
    this.store = store;
  }

  @Override
  public Watch begin(ModelCall call) {
    return outcome -> count(call, outcome);
  }

  private void count(ModelCall call, Outcome outcome) {
    SortedMap<String, String> model = new TreeMap<>();
    // CloudWatch allows no longer values.
    model.put(MODEL, shortened(call.modelId().substring(call.modelId().lastIndexOf('/') + 1)));
    adding.lock();
    try {
      count(call, outcome, model);
      count(call, outcome, new TreeMap<>());
    } finally {
      adding.unlock();
    }
  }

  /** Counts what is not of one model. */
  void count(String account, String region, String metric, long time, int times) {
    adding.lock();
    try {
      distribution(account, region, metric, "Count", time, new TreeMap<>()).add(1, times);
    } finally {
      adding.unlock();
    }
  }

  private static String shortened(String id) {
    return id.length() > 1024 ? id.substring(0, 1024) : id;
  }

  private void count(ModelCall call, Outcome outcome, SortedMap<String, String> dimensions) {
    String failure = outcome.failure() == null ? null : FailureCode.of(outcome.failure());
    if (failure == null || failure.equals(FailureCode.CLIENT_GONE)) {
      add(call, "Invocations", "Count", 1, dimensions);
      add(call, "InvocationLatency", "Milliseconds", outcome.latencyMillis(), dimensions);
      if (outcome.firstTokenMillis() >= 0) {
        add(call, "TimeToFirstToken", "Milliseconds", outcome.firstTokenMillis(), dimensions);
      }
      add(call, "InputTokenCount", "Count", outcome.usage().input(), dimensions);
      add(call, "OutputTokenCount", "Count", outcome.usage().output(), dimensions);
      some(call, "CacheReadInputTokens", outcome.usage().cacheRead(), dimensions);
      some(call, "CacheWriteInputTokens", outcome.usage().cacheWrite(), dimensions);
      some(call, "OutputImageCount", outcome.usage().images(), dimensions);
    } else if (THROTTLES.contains(failure)) {
      add(call, "InvocationThrottles", "Count", 1, dimensions);
    } else if (SERVER_ERRORS.contains(failure)) {
      add(call, "InvocationServerErrors", "Count", 1, dimensions);
    } else {
      add(call, "InvocationClientErrors", "Count", 1, dimensions);
    }
  }

  private void some(ModelCall call, String name, long value, SortedMap<String, String> dimensions) {
    if (value > 0) {
      add(call, name, "Count", value, dimensions);
    }
  }

  private void add(
      ModelCall call, String name, String unit, double value, SortedMap<String, String> dims) {
    distribution(call.account(), call.region(), name, unit, call.start().toEpochMilli(), dims)
        .add(value, 1);
  }

  private Distribution distribution(
      String account,
      String region,
      String name,
      String unit,
      long time,
      SortedMap<String, String> dimensions) {
    Series series = new Series(account, region, NAMESPACE, name, dimensions);
    Point.Key key = new Point.Key(series, MINUTE, MetricTime.down(time, MINUTE), unit);
    return points.computeIfAbsent(key, k -> new Distribution());
  }

  /** Writes what was counted. */
  void flush() {
    writing.lock();
    try {
      Map<Point.Key, Distribution> counted;
      adding.lock();
      try {
        counted = points;
        points = new HashMap<>();
      } finally {
        adding.unlock();
      }
      List<Point> list = new ArrayList<>();
      counted.forEach(
          (key, values) ->
              list.add(
                  new Point(key.series(), key.resolution(), key.started(), key.unit(), values)));
      store.add(list);
    } finally {
      writing.unlock();
    }
  }
}
