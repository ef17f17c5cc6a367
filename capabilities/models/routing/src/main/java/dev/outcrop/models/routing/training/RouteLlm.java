package dev.outcrop.models.routing.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.outcrop.models.routing.training.Example.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * lm-sys/RouteLLM: whether Mixtral 8x7B and GPT-4 answered each question of MMLU and GSM8K rightly,
 * and GPT-4's grades, of ten, for both on MT-Bench. All of MT-Bench is held out.
 *
 * @param folder the repository
 */
record RouteLlm(Path folder) {
  private static final String CHEAP = "mistralai/Mixtral-8x7B-Instruct-v0.1";
  private static final String ABLE = "gpt-4-1106-preview";
  private static final ObjectMapper JSON = new ObjectMapper();

  List<Example> examples() throws IOException {
    Path evals = folder.resolve("routellm/evals");
    List<Example> examples = new ArrayList<>();
    try (Stream<Path> tables = Files.list(evals.resolve("mmlu/responses"))) {
      for (Path table : tables.filter(t -> t.toString().endsWith(".csv")).sorted().toList()) {
        read(table, "mmlu", Subject.KNOWLEDGE, examples);
      }
    }
    read(evals.resolve("gsm8k/gsm8k_responses.csv"), "gsm8k", Subject.MATHS, examples);
    grades(evals.resolve("mt_bench"), examples);
    return examples;
  }

  private static void read(Path table, String source, Subject subject, List<Example> into)
      throws IOException {
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(table)) {
      for (NamedCsvRecord row : rows) {
        String prompt = row.getField("prompt").replaceFirst("\\nAnswer:$", "");
        into.add(Example.of(source, subject, prompt, right(row, CHEAP), right(row, ABLE)));
      }
    }
  }

  private static double right(NamedCsvRecord row, String model) {
    return row.getField(model).equals("True") ? 1 : 0;
  }

  /** The first turns alone: a second one makes no sense without the answer to the first. */
  private static void grades(Path folder, List<Example> into) throws IOException {
    Map<Integer, Map<String, Double>> grades = new HashMap<>();
    for (String line : Files.readAllLines(folder.resolve("judgements.jsonl"))) {
      JsonNode grade = JSON.readTree(line);
      if (grade.path("turn").asInt() == 1) {
        grades
            .computeIfAbsent(grade.path("question_id").asInt(), id -> new HashMap<>())
            .put(grade.path("model").asText(), grade.path("score").asDouble() / 10);
      }
    }
    for (String line : Files.readAllLines(folder.resolve("question.jsonl"))) {
      JsonNode question = JSON.readTree(line);
      Map<String, Double> of = grades.get(question.path("question_id").asInt());
      if (of != null && of.containsKey(CHEAP) && of.containsKey(ABLE)) {
        String prompt = question.path("turns").path(0).asText();
        into.add(new Example("mt-bench", Subject.CHAT, prompt, of.get(CHEAP), of.get(ABLE), 0));
      }
    }
  }
}
