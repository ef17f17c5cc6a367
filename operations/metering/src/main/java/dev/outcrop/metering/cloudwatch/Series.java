package dev.outcrop.metering.cloudwatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outcrop.wire.RequestContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;

/** A metric of an account and region: a namespace, a name and a set of dimensions. */
record Series(
    String account,
    String region,
    String namespace,
    String name,
    SortedMap<String, String> dimensions) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ID_BYTES = 16;

  /** A metric of the request being served. */
  static Series of(String namespace, String name, Collection<Dimension> dimensions) {
    RequestContext context = RequestContext.current();
    SortedMap<String, String> sorted = new TreeMap<>();
    for (Dimension dimension : dimensions) {
      if (sorted.put(dimension.name(), dimension.value()) != null) {
        throw Errors.invalid("The dimension " + dimension.name() + " is given twice.");
      }
    }
    return new Series(context.account(), context.region(), namespace, name, sorted);
  }

  static Series of(Metric metric) {
    if (metric == null || metric.namespace() == null || metric.metricName() == null) {
      throw Errors.missing("MetricStat.Metric with Namespace and MetricName");
    }
    return of(metric.namespace(), metric.metricName(), metric.dimensions());
  }

  Metric metric() {
    List<Dimension> list =
        dimensions.entrySet().stream()
            .map(each -> Dimension.builder().name(each.getKey()).value(each.getValue()).build())
            .toList();
    return Metric.builder().namespace(namespace).metricName(name).dimensions(list).build();
  }

  /** What the tables know it by. */
  String id() {
    String text = String.join("\n", account, region, namespace, name, dimensionsJson());
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, ID_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  String dimensionsJson() {
    try {
      return JSON.writeValueAsString(dimensions);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static SortedMap<String, String> dimensions(String json) {
    try {
      return JSON.readValue(json, new TypeReference<TreeMap<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
