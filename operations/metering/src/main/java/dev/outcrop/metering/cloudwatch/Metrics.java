package dev.outcrop.metering.cloudwatch;

import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.storage.Database;
import dev.outcrop.storage.PageTokens;
import dev.outcrop.storage.StorageException;
import dev.outcrop.wire.RequestContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/**
 * CloudWatch's operations on metrics: those of the models' calls in {@code AWS/Bedrock}, and what
 * clients put in namespaces of their own.
 */
public final class Metrics {
  private static final int MOST_DATAPOINTS = 100_800;

  private final MetricStore store;
  private final CallMetrics calls;
  private final MetricListing listing;
  private final PageTokens pages;
  private final InstantSource clock;

  /**
   * @param database with the tables of this module
   */
  public Metrics(Database database, InstantSource clock) {
    this.store = new MetricStore(database);
    this.calls = new CallMetrics(store);
    this.listing = new MetricListing(database);
    this.pages = new PageTokens(database);
    this.clock = clock;
  }

  /** Counts calls of models. */
  public CallObserver calls() {
    return calls;
  }

  /**
   * Counts something of {@code AWS/Bedrock} that is not of one model.
   *
   * @param metric its name
   * @param times how often it happened just now
   */
  public void count(String account, String region, String metric, int times) {
    calls.count(account, region, metric, clock.millis(), times);
  }

  /** Writes what was counted. */
  public void flush() {
    calls.flush();
  }

  /** Puts what is old enough together, and forgets what is older than 15 months. */
  public void rollUp() {
    store.rollUp(clock.millis());
  }

  /** Keeps metrics; they are on their way to the disk when this returns. */
  public PutMetricDataResponse putMetricData(PutMetricDataRequest request) {
    store.add(MetricUpload.points(request, clock.instant()));
    return PutMetricDataResponse.builder().build();
  }

  public ListMetricsResponse listMetrics(ListMetricsRequest request) {
    flush();
    return listing.list(request, clock.instant());
  }

  public GetMetricStatisticsResponse getMetricStatistics(GetMetricStatisticsRequest request) {
    flush();
    return new MetricStatistics(store, clock.instant()).of(request);
  }

  /** Metrics and metric math; a page has at most as many values as asked for, of all queries. */
  public GetMetricDataResponse getMetricData(GetMetricDataRequest request) {
    Errors.refuse(
        request.labelOptions() != null && request.labelOptions().timezone() != null,
        "LabelOptions");
    int most = request.maxDatapoints() == null ? MOST_DATAPOINTS : request.maxDatapoints();
    if (most < 1 || most > MOST_DATAPOINTS) {
      throw Errors.invalid("MaxDatapoints must be between 1 and " + MOST_DATAPOINTS + ".");
    }
    flush();
    List<MetricData.Result> results = new MetricData(store, request, clock.instant()).results();
    String purpose = purpose(request);
    return page(results, skipped(purpose, request.nextToken()), most, purpose, request.scanBy());
  }

  private static String purpose(GetMetricDataRequest request) {
    RequestContext context = RequestContext.current();
    return String.join(
        "\n",
        "GetMetricData",
        context.account(),
        context.region(),
        request.toBuilder().nextToken(null).build().toString());
  }

  private int skipped(String purpose, String token) {
    if (token == null) {
      return 0;
    }
    try {
      return Integer.parseInt(pages.open(purpose, token).getFirst());
    } catch (StorageException.InvalidPageToken e) {
      throw Errors.token();
    }
  }

  private GetMetricDataResponse page(
      List<MetricData.Result> results, int skip, int most, String purpose, ScanBy order) {
    List<MetricDataResult> page = new ArrayList<>();
    int seen = 0;
    boolean more = false;
    for (MetricData.Result result : results) {
      List<Instant> times = new ArrayList<>();
      List<Double> values = new ArrayList<>();
      TreeMap<Long, Double> all = new TreeMap<>(result.series().values());
      for (Map.Entry<Long, Double> each :
          (order == ScanBy.TIMESTAMP_ASCENDING ? all : all.descendingMap()).entrySet()) {
        if (!Double.isFinite(each.getValue())) {
          continue; // a division by nothing has no data point
        }
        if (seen >= skip && seen < skip + most) {
          times.add(Instant.ofEpochMilli(each.getKey()));
          values.add(each.getValue());
        }
        seen++;
      }
      more = seen > skip + most;
      page.add(
          MetricDataResult.builder()
              .id(result.id())
              .label(result.label())
              .timestamps(times)
              .values(values)
              .statusCode(more ? "PartialData" : "Complete")
              .build());
    }
    return GetMetricDataResponse.builder()
        .metricDataResults(page)
        .messages(List.of())
        .nextToken(more ? pages.seal(purpose, List.of(Integer.toString(skip + most))) : null)
        .build();
  }
}
