package dev.outcrop.metering.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.http.HttpServer;
import dev.outcrop.http.HttpSettings;
import dev.outcrop.metering.Databases;
import dev.outcrop.storage.Database;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.Dispatcher;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/** The three protocols that CloudWatch's clients speak, old and new. */
class ProtocolsTest {
  @TempDir private Path folder;
  private Database database;
  private HttpServer server;
  private CloudWatchClient cbor;

  @BeforeEach
  void open() throws Exception {
    database = Databases.open(folder.resolve("metering.db"));
    Metrics metrics = new Metrics(database, InstantSource.system());
    server = HttpServer.start(HttpSettings.defaults(), new Dispatcher(Capabilities.of(metrics)));
    cbor =
        CloudWatchClient.builder()
            .httpClientBuilder(Apache5HttpClient.builder())
            .endpointOverride(server.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .build();
  }

  @AfterEach
  void close() {
    cbor.close();
    server.close();
    database.close();
  }

  @Test
  void cborJsonAndQueryReadAndWriteTheSameMetrics() throws Exception {
    cbor.putMetricData(p -> p.namespace("App").metricData(d -> d.metricName("X").value(1.0)));
    send(
        "application/x-www-form-urlencoded",
        null,
        "Action=PutMetricData&Version=2010-08-01&Namespace=App"
            + "&MetricData.member.1.MetricName=X&MetricData.member.1.Value=2");
    send(
        "application/x-amz-json-1.0",
        "GraniteServiceVersion20100801.PutMetricData",
        "{\"Namespace\":\"App\",\"MetricData\":[{\"MetricName\":\"X\",\"Values\":[4]}]}");
    Instant now = Instant.now();
    var statistics =
        cbor.getMetricStatistics(
            g ->
                g.namespace("App")
                    .metricName("X")
                    .period(3600)
                    .startTime(now.minus(Duration.ofMinutes(30)))
                    .endTime(now.plus(Duration.ofMinutes(29)))
                    .statisticsWithStrings("Sum"));
    assertThat(statistics.datapoints()).singleElement().returns(7.0, d -> d.sum());
    assertThat(
            send(
                "application/x-www-form-urlencoded",
                null,
                "Action=ListMetrics&Version=2010-08-01&Namespace=App"))
        .contains("<MetricName>X</MetricName>");
    assertThat(
            send(
                "application/x-amz-json-1.0",
                "GraniteServiceVersion20100801.ListMetrics",
                "{\"Namespace\":\"App\"}"))
        .contains("\"MetricName\":\"X\"");
  }

  private String send(String type, String target, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.endpoint())
            .header("content-type", type)
            .header(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/monitoring/aws4_request,"
                    + " SignedHeaders=host, Signature=00")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (target != null) {
      request.header("x-amz-target", target);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body();
    }
  }
}
