package dev.outcrop.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outcrop.wire.SdkJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/** The JSON codec of SDK classes, against Jackson's tree model on the same bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CodecBenchmark {
  private final ObjectMapper jackson = new ObjectMapper();
  private final ConverseRequest request = request();
  private final byte[] json = SdkJson.write(request);
  private final JsonNode tree = tree();

  private static ConverseRequest request() {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String text = "Turn " + i + ": what do the documents say about it, and where? ".repeat(3);
      ConversationRole role = i % 2 == 0 ? ConversationRole.USER : ConversationRole.ASSISTANT;
      messages.add(Message.builder().role(role).content(ContentBlock.fromText(text)).build());
    }
    return ConverseRequest.builder()
        .modelId("outcrop.echo-v1")
        .messages(messages)
        .inferenceConfig(c -> c.maxTokens(256).temperature(0.2f).stopSequences("END", "STOP"))
        .build();
  }

  private JsonNode tree() {
    try {
      return jackson.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ours, reading. */
  @Benchmark
  public ConverseRequest read() {
    return SdkJson.read(json, ConverseRequest::builder);
  }

  /** The baseline, reading. */
  @Benchmark
  public JsonNode readTree() throws IOException {
    return jackson.readTree(json);
  }

  /** Ours, writing. */
  @Benchmark
  public byte[] write() {
    return SdkJson.write(request);
  }

  /** The baseline, writing. */
  @Benchmark
  public byte[] writeTree() throws IOException {
    return jackson.writeValueAsBytes(tree);
  }

  static List<Ratio> run() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(CodecBenchmark.class.getName() + ".*")
                    .forks(1)
                    .warmupIterations(3)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(5)
                    .measurementTime(TimeValue.seconds(1))
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    return List.of(
        new Ratio(
            "Reading a Converse request vs Jackson's tree",
            score(results, "read"),
            score(results, "readTree"),
            "us",
            null),
        new Ratio(
            "Writing a Converse request vs Jackson's tree",
            score(results, "write"),
            score(results, "writeTree"),
            "us",
            null));
  }

  private static double score(Collection<RunResult> results, String name) {
    return results.stream()
        .filter(r -> r.getParams().getBenchmark().endsWith("." + name))
        .findFirst()
        .orElseThrow()
        .getPrimaryResult()
        .getScore();
  }
}
