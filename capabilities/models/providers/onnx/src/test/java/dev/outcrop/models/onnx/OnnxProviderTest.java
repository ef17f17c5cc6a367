package dev.outcrop.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.EmbeddingModel.Purpose;
import dev.outcrop.models.ModelEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxProviderTest {

  @TempDir static Path folder;
  static OnnxProvider provider;

  @BeforeAll
  static void start() {
    provider = new OnnxProvider(Entries.NATIVE);
  }

  @AfterAll
  static void stop() {
    provider.close();
  }

  static Stream<JsonNode> golden() throws IOException {
    try (var in = OnnxProviderTest.class.getResourceAsStream("/golden.json")) {
      List<JsonNode> cases = new ArrayList<>();
      new ObjectMapper().readTree(in).forEach(cases::add);
      return cases.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void agreesWithAnIndependentComputation(JsonNode golden) {
    EmbeddingModel model = model(golden.get("model").asText());
    String text = golden.get("text").asText();
    float[] expected = new float[384];
    IntStream.range(0, 384).forEach(i -> expected[i] = golden.get("vector").get(i).floatValue());

    float[] vector =
        model.embed(List.of(text), Purpose.valueOf(golden.get("purpose").asText())).getFirst();

    assertThat(model.countTokens(text)).isEqualTo(golden.get("tokens").asInt());
    // 8-bit kernels differ between processors and releases of ONNX Runtime (.998 was seen); another
    // pooling, a missing prefix or a missing token is further away than that.
    assertThat(cosine(vector, expected)).isGreaterThan(0.99);
    assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bge-small-en-v1.5", "all-minilm-l6-v2"})
  void theEndOfALongTextCounts(String name) {
    EmbeddingModel model = model(name);
    String filler = words("harbour", 1200);
    float[] plain = embed(model, filler);
    float[] ended = embed(model, filler + " " + words("quantum physics lecture", 300));

    assertThat(model.countTokens(filler)).isEqualTo(1202).isGreaterThan(model.window());
    assertThat(cosine(plain, ended)).isLessThan(0.98);
    assertThat(cosine(ended, embed(model, "quantum physics lecture")))
        .isGreaterThan(cosine(plain, embed(model, "quantum physics lecture")));
    assertThat(cosine(ended, ended)).isCloseTo(1, within(1e-5));
  }

  @Test
  void aLongTextIsTheWeightedMeanOfItsWindows() {
    EmbeddingModel model = model("all-minilm-l6-v2");
    List<String> words =
        IntStream.range(0, 300).mapToObj(i -> i % 2 == 0 ? "sea" : "salt").toList();
    float[] whole = embed(model, String.join(" ", words));
    // 254 tokens fit; the next window starts 254 - 254/8 = 223 later.
    float[] first = embed(model, String.join(" ", words.subList(0, 254)));
    float[] second = embed(model, String.join(" ", words.subList(223, 300)));
    float[] mean = new float[whole.length];
    Vectors.add(mean, first, 254);
    Vectors.add(mean, second, 77);

    assertThat(cosine(whole, Vectors.normalize(mean))).isCloseTo(1, within(1e-6));
  }

  @Test
  void aVectorDoesNotDependOnItsBatchOrItsNeighbours() throws Exception {
    EmbeddingModel model = model("bge-small-en-v1.5");
    List<String> texts =
        IntStream.range(0, 16).mapToObj(i -> words("tide table " + i, 1 + 5 * i)).toList();
    List<float[]> together = model.embed(texts, Purpose.DOCUMENT);
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<float[]>> tasks =
          texts.stream().<Callable<float[]>>map(t -> () -> embed(model, t)).toList();
      var futures = callers.invokeAll(tasks);
      for (int i = 0; i < texts.size(); i++) {
        assertThat(futures.get(i).get()).isEqualTo(together.get(i));
      }
    }
  }

  @Test
  void oddTextsAreEmbeddedToo() {
    EmbeddingModel model = model("bge-small-en-v1.5");
    for (String text :
        List.of("", " ", "\0", "\uD83E", "a\uD83Eb", "x".repeat(5000), "[SEP]", "🦊🦊")) {
      assertThat(cosine(embed(model, text), embed(model, text))).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void entriesAreChecked() throws IOException {
    ModelEntry entry = Entries.of("bge-small-en-v1.5");
    Path noModel = Files.writeString(folder.resolve("random.onnx"), "not a model");
    refused(Entries.with(entry, "widnow", "512"), "unknown option 'widnow'");
    refused(Entries.with(entry, "pooling", "max"), "expected cls or mean");
    refused(Entries.with(entry, "window", "9999999"), "expected a number from 8 to");
    refused(Entries.with(entry, "window", "16"), "leaves no room");
    refused(Entries.with(entry, "network", ""), "option 'network' is missing");
    refused(Entries.with(entry, "network", "classpath:none.onnx"), "no resource /none.onnx");
    refused(Entries.with(entry, "network", folder.resolve("absent").toString()), "absent");
    refused(Entries.with(entry, "network", noModel.toString()), "ONNX Runtime cannot load it");
    refused(Entries.with(entry, "tokenizer", noModel.toString()), "tokenizer");
    assertThatThrownBy(() -> provider.chat(entry))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void nativeLibrariesAreUnpackedOnceAndNothingIsReported() throws IOException {
    model("bge-small-en-v1.5");
    try (Stream<Path> files = Files.walk(Entries.NATIVE)) {
      Map<String, Long> names =
          files
              .filter(Files::isRegularFile)
              .collect(
                  Collectors.groupingBy(f -> f.getFileName().toString(), Collectors.counting()));
      assertThat(names)
          .containsKeys(
              System.mapLibraryName("onnxruntime"),
              System.mapLibraryName("onnxruntime4j_jni"),
              System.mapLibraryName("tokenizers"));
    }
    assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
    assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
  }

  /**
   * Its release 1.29.0 reports models and machines to its maker, unless told not to before start.
   */
  @Test
  void onnxRuntimeHasNoTelemetryInside() throws IOException {
    model("bge-small-en-v1.5");
    String name = System.mapLibraryName("onnxruntime");
    try (Stream<Path> files = Files.walk(Entries.NATIVE)) {
      List<Path> libraries = files.filter(f -> f.endsWith(name)).toList();
      assertThat(libraries).isNotEmpty();
      for (Path library : libraries) {
        assertThat(Files.readString(library, StandardCharsets.ISO_8859_1))
            .doesNotContain("OneCollector");
      }
    }
  }

  private static void refused(ModelEntry entry, String message) {
    assertThatThrownBy(() -> provider.embedding(entry)).hasMessageContaining(message);
  }

  private static EmbeddingModel model(String name) {
    return provider.embedding(Entries.of(name));
  }

  private static float[] embed(EmbeddingModel model, String text) {
    return model.embed(List.of(text), Purpose.DOCUMENT).getFirst();
  }

  private static String words(String words, int count) {
    return IntStream.range(0, count).mapToObj(i -> words).collect(Collectors.joining(" "));
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
    }
    return dot;
  }
}
