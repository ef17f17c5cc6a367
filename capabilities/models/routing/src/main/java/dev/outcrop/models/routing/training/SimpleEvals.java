package dev.outcrop.models.routing.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outcrop.models.routing.training.Example.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * kuk/simple-evals-ru: whether small and large models answered questions of English benchmarks
 * rightly. Llama, Qwen, YandexGPT, GigaChat, T, Saiga and Vikhr, and DeepSeek V3.
 *
 * @param folder the repository
 */
record SimpleEvals(Path folder) {
  private static final List<String> CHEAP =
      List.of(
          "06_qwen_2_5_7b",
          "10_llama_3_1_8b",
          "07_yandexgpt_4_lite",
          "25_gigachat_lite",
          "30_yandexgpt_5_lite",
          "19_t_lite",
          "21_saiga",
          "22_vikhr");
  private static final List<String> ABLE =
      List.of(
          "15_qwen_2_5_72b",
          "13_llama_3_3_70b",
          "16_deepseek_v3",
          "17_yandexgpt_5_pro",
          "27_gigachat_max",
          "28_qwen_2_5_32b",
          "20_t_pro");
  private static final ObjectMapper JSON = new ObjectMapper();

  List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    examples.addAll(bench("mgsm", Subject.MATHS));
    examples.addAll(bench("math", Subject.MATHS));
    examples.addAll(bench("humaneval", Subject.CODE));
    examples.addAll(bench("mbpp", Subject.CODE));
    examples.addAll(bench("bbh", Subject.REASONING));
    examples.addAll(bench("mmlu", Subject.REASONING)); // MMLU-Pro
    return examples;
  }

  private List<Example> bench(String name, Subject subject) throws IOException {
    Map<String, String> prompts = new HashMap<>();
    for (String line : Files.readAllLines(folder.resolve("data/benches/" + name + ".jsonl"))) {
      JsonNode question = JSON.readTree(line);
      prompts.put(question.path("id").asText(), prompt(question));
    }
    Averages averages = new Averages();
    for (String model : CHEAP) {
      read(name, model, false, averages);
    }
    for (String model : ABLE) {
      read(name, model, true, averages);
    }
    return averages.examples(name, subject, prompts::get);
  }

  private static String prompt(JsonNode question) {
    for (String key : List.of("problem", "input", "prompt", "question")) {
      if (question.has(key)) {
        StringBuilder prompt = new StringBuilder(question.path(key).asText());
        question
            .path("options")
            .properties()
            .forEach(o -> prompt.append("\n" + o.getKey() + ". " + o.getValue().asText()));
        if (question.has("signature")) {
          prompt.append('\n').append(question.path("signature").asText());
        }
        return prompt.toString();
      }
    }
    throw new IllegalArgumentException("a question without its text: " + question.path("id"));
  }

  private void read(String bench, String model, boolean able, Averages averages)
      throws IOException {
    Path file = folder.resolve("data/results/" + bench + "/" + model + ".jsonl");
    if (!Files.exists(file)) {
      return; // not every model took every one
    }
    for (String line : Files.readAllLines(file)) {
      JsonNode answer = JSON.readTree(line);
      averages.add(answer.path("id").asText(), able, answer.path("is_correct").asBoolean() ? 1 : 0);
    }
  }
}
