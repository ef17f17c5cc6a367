package dev.outcrop.metering.cloudwatch;

import static dev.outcrop.metering.cloudwatch.MetricStore.*;

import dev.outcrop.storage.Database;
import dev.outcrop.storage.PageTokens;
import dev.outcrop.storage.StorageException;
import dev.outcrop.wire.RequestContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;
import software.amazon.awssdk.services.cloudwatch.model.DimensionFilter;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Metric;

/** The metrics that had data of late, in pages. */
final class MetricListing {
  private static final int PAGE = 500;
  private static final Duration LISTED = Duration.ofDays(14);
  private static final Duration RECENT = Duration.ofHours(3);

  private final Database database;
  private final PageTokens pages;

  MetricListing(Database database) {
    this.database = database;
    this.pages = new PageTokens(database);
  }

  ListMetricsResponse list(ListMetricsRequest request, Instant now) {
    Errors.refuse(Boolean.TRUE.equals(request.includeLinkedAccounts()), "IncludeLinkedAccounts");
    Errors.refuse(request.owningAccount() != null, "OwningAccount");
    RequestContext context = RequestContext.current();
    String recently = request.recentlyActiveAsString();
    if (recently != null && !recently.equals("PT3H")) {
      throw Errors.invalid("RecentlyActive must be PT3H.");
    }
    Condition wanted =
        ACCOUNT
            .eq(context.account())
            .and(REGION.eq(context.region()))
            .and(LAST_SEEN.ge(now.minus(recently == null ? LISTED : RECENT).toEpochMilli()));
    if (request.namespace() != null) {
      wanted = wanted.and(NAMESPACE.eq(request.namespace()));
    }
    if (request.metricName() != null) {
      wanted = wanted.and(METRIC.eq(request.metricName()));
    }
    String purpose =
        String.join(
            "\n",
            "ListMetrics",
            context.account(),
            context.region(),
            "" + request.namespace(),
            "" + request.metricName(),
            "" + request.dimensions(),
            "" + recently);
    return page(wanted, request.dimensions(), purpose, request.nextToken());
  }

  private ListMetricsResponse page(
      Condition wanted, List<DimensionFilter> filters, String purpose, String token) {
    Condition all = token == null ? wanted : wanted.and(after(position(purpose, token)));
    List<Metric> metrics = new ArrayList<>();
    String next = null;
    Record last = null;
    for (Record row :
        database.read(
            sql ->
                sql.select(NAMESPACE, METRIC, DIMENSIONS)
                    .from(SERIES)
                    .where(all)
                    .orderBy(NAMESPACE, METRIC, DIMENSIONS)
                    .fetch())) {
      SortedMap<String, String> dimensions = Series.dimensions(row.get(DIMENSIONS));
      if (fits(dimensions, filters)) {
        if (metrics.size() == PAGE) {
          next =
              pages.seal(
                  purpose, List.of(last.get(NAMESPACE), last.get(METRIC), last.get(DIMENSIONS)));
          break;
        }
        metrics.add(new Series("", "", row.get(NAMESPACE), row.get(METRIC), dimensions).metric());
        last = row;
      }
    }
    return ListMetricsResponse.builder().metrics(metrics).nextToken(next).build();
  }

  private List<String> position(String purpose, String token) {
    try {
      return pages.open(purpose, token);
    } catch (StorageException.InvalidPageToken e) {
      throw Errors.token();
    }
  }

  private static Condition after(List<String> position) {
    return DSL.row(NAMESPACE, METRIC, DIMENSIONS)
        .gt(position.get(0), position.get(1), position.get(2));
  }

  private static boolean fits(SortedMap<String, String> dimensions, List<DimensionFilter> filters) {
    return filters.stream()
        .allMatch(
            filter ->
                dimensions.containsKey(filter.name())
                    && (filter.value() == null
                        || filter.value().equals(dimensions.get(filter.name()))));
  }
}
