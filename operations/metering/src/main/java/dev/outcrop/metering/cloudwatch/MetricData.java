package dev.outcrop.metering.cloudwatch;

import dev.outcrop.metering.cloudwatch.MathValue.Several;
import dev.outcrop.metering.cloudwatch.MathValue.TimeSeries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;

/** The queries of a GetMetricData request, and what they come to. */
final class MetricData {
  private static final int MOST = 500;
  private static final Pattern ID = Pattern.compile("[a-z][a-zA-Z0-9_]*");

  private final MetricStore store;
  private final GetMetricDataRequest request;
  private final Instant now;
  private final Map<String, MetricDataQuery> queries = new LinkedHashMap<>();
  private final Map<String, MathValue> values = new LinkedHashMap<>();
  private final Set<String> computing = new HashSet<>();

  MetricData(MetricStore store, GetMetricDataRequest request, Instant now) {
    this.store = store;
    this.request = request;
    this.now = now;
    if (request.metricDataQueries().isEmpty()) {
      throw Errors.missing("MetricDataQueries");
    }
    if (request.metricDataQueries().size() > MOST) {
      throw Errors.invalid("MetricDataQueries can have at most " + MOST + " members.");
    }
    MetricTime.range(request.startTime(), request.endTime());
    for (MetricDataQuery query : request.metricDataQueries()) {
      check(query);
      if (queries.put(query.id(), query) != null) {
        throw Errors.invalid("The id " + query.id() + " is given twice.");
      }
    }
  }

  private static void check(MetricDataQuery query) {
    if (query.id() == null || !ID.matcher(query.id()).matches()) {
      throw Errors.invalid(
          "An Id begins with a lower-case letter and has letters, digits and underscores: "
              + query.id());
    }
    if ((query.metricStat() == null) == (query.expression() == null)) {
      throw Errors.invalid("A query needs exactly one of MetricStat and Expression: " + query.id());
    }
    Errors.refuse(query.accountId() != null, "AccountId");
    Errors.refuse(query.label() != null && query.label().contains("${"), "a dynamic Label");
    if (query.expression() != null) {
      String start = query.expression().strip().toUpperCase(java.util.Locale.ROOT);
      Errors.refuse(start.startsWith("SELECT "), "a Metrics Insights query");
      Errors.refuse(start.contains("SEARCH("), "SEARCH");
    }
  }

  /** One time series of the answer. */
  record Result(String id, String label, TimeSeries series) {}

  /** What is to be returned, in the order of the queries. */
  List<Result> results() {
    List<Result> results = new ArrayList<>();
    for (MetricDataQuery query : queries.values()) {
      MathValue value = value(query.id());
      if (Boolean.FALSE.equals(query.returnData())) {
        continue;
      }
      switch (value) {
        case TimeSeries series -> results.add(new Result(query.id(), label(query), series));
        case Several several ->
            several
                .all()
                .forEach(
                    each ->
                        results.add(
                            new Result(
                                query.id(),
                                query.label() == null ? each.label() : query.label(),
                                each)));
        case MathValue.Scalar scalar ->
            throw Errors.invalid(
                "The expression of %s comes to a number; a query returns a time series. Set ReturnData to false, or combine it with one."
                    .formatted(query.id()));
      }
    }
    return results;
  }

  private static String label(MetricDataQuery query) {
    if (query.label() != null) {
      return query.label();
    }
    return query.expression() == null ? query.metricStat().metric().metricName() : query.id();
  }

  private MathValue value(String id) {
    MathValue known = values.get(id);
    if (known != null) {
      return known;
    }
    MetricDataQuery query = queries.get(id);
    if (query == null) {
      throw Errors.invalid("An expression names " + id + ", which is the Id of no query.");
    }
    if (!computing.add(id)) {
      throw Errors.invalid("The expression of " + id + " needs itself.");
    }
    MathValue value = query.expression() == null ? metric(query) : expression(query);
    values.put(id, value);
    return value;
  }

  private MathValue expression(MetricDataQuery query) {
    MathFunctions functions =
        new MathFunctions(
            MetricTime.start(request.startTime(), now, 60), request.endTime().toEpochMilli());
    return new Expression(query.expression(), this::value, this::metrics, functions).compute();
  }

  private List<TimeSeries> metrics() {
    List<TimeSeries> all = new ArrayList<>();
    queries.values().stream()
        .filter(query -> query.metricStat() != null)
        .forEach(query -> all.add((TimeSeries) value(query.id())));
    return all;
  }

  private TimeSeries metric(MetricDataQuery query) {
    MetricStat stat = query.metricStat();
    int period = MetricTime.period(stat.period());
    Statistic statistic = Statistic.parse(stat.stat());
    long from = MetricTime.start(request.startTime(), now, period);
    List<Point> points =
        store.points(
            Series.of(stat.metric()), from, request.endTime().toEpochMilli(), stat.unitAsString());
    return new TimeSeries(
        label(query), period, Periods.of(Periods.of(points, 0, period), statistic));
  }
}
