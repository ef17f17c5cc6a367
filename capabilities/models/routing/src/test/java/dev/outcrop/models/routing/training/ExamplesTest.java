package dev.outcrop.models.routing.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.outcrop.models.routing.training.Example.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three repositories, as they are laid out. */
class ExamplesTest {
  private static final String HEAD =
      "prompt,mistralai/Mixtral-8x7B-Instruct-v0.1,gpt-4-1106-preview\n";

  @TempDir private Path folder;

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void routeLlm() throws IOException {
    String evals = "RouteLLM/routellm/evals/";
    write(
        evals + "mmlu/responses/mmlu_rocks.csv",
        HEAD + "\"What is \"\"granite\"\"?\nA. a rock\nB. a plant\nAnswer:\",False,True\n");
    write(evals + "gsm8k/gsm8k_responses.csv", HEAD + "How many?,True,False\n");
    write(
        evals + "mt_bench/question.jsonl",
        "{\"question_id\": 81, \"turns\": [\"Write a post.\", \"Rewrite it.\"]}\n");
    write(
        evals + "mt_bench/judgements.jsonl",
        """
        {"question_id": 81, "model": "mistralai/Mixtral-8x7B-Instruct-v0.1", "score": 7, "turn": 1}
        {"question_id": 81, "model": "gpt-4-1106-preview", "score": 9, "turn": 1}
        {"question_id": 81, "model": "gpt-4-1106-preview", "score": 1, "turn": 2}
        """);
  }

  private void alpacaEval() throws IOException {
    String judged =
        """
        [{"instruction": "Name a rock.", "generator_1": "%s", "preference": %s},
         {"instruction": "Nobody judged this.", "generator_1": "text_davinci_003"}]
        """;
    for (String model :
        List.of(
            "vicuna-13b",
            "wizardlm-13b",
            "llama-2-7b-chat-hf",
            "zephyr-7b-alpha",
            "zephyr-7b-beta",
            "minichat-3b",
            "phi-2-sft",
            "alpaca-7b",
            "falcon-7b-instruct",
            "tulu-2-dpo-7b",
            "recycled-wizardlm-7b-v2.0")) {
      // Better as the second of the two.
      annotate(model, judged.formatted("text_davinci_003", model.startsWith("zephyr") ? 2 : 1));
    }
    for (String model :
        List.of(
            "gpt4",
            "gpt4_0314",
            "gpt4_1106_preview",
            "claude",
            "claude-2",
            "mistral-medium",
            "tulu-2-dpo-70b",
            "Yi-34B-Chat",
            "llama-2-70b-chat-hf")) {
      annotate(model, judged.formatted(model, "1.0")); // better as the first
    }
  }

  private void annotate(String model, String annotations) throws IOException {
    write("alpaca_eval/results/" + model + "/alpaca_eval_gpt4/annotations.json", annotations);
  }

  private void simpleEvals() throws IOException {
    String data = "simple-evals-ru/data/";
    for (String bench : List.of("mgsm", "math", "humaneval", "mbpp", "bbh", "mmlu")) {
      write(data + "benches/" + bench + ".jsonl", "");
    }
    write(
        data + "benches/mmlu.jsonl",
        "{\"id\": 7, \"question\": \"Which?\", \"options\": {\"A\": \"this\", \"B\": \"that\"}}\n");
    List<String> cheap = List.of("06_qwen_2_5_7b", "10_llama_3_1_8b", "19_t_lite", "21_saiga");
    List<String> able =
        List.of("15_qwen_2_5_72b", "13_llama_3_3_70b", "16_deepseek_v3", "20_t_pro");
    for (String model : cheap) {
      write(
          data + "results/mmlu/" + model + ".jsonl",
          "{\"id\": 7, \"is_correct\": %s}\n".formatted(model.equals("19_t_lite")));
    }
    for (String model : able) {
      write(data + "results/mmlu/" + model + ".jsonl", "{\"id\": 7, \"is_correct\": true}\n");
    }
  }

  @Test
  void allSourcesBecomeExamples() throws IOException {
    routeLlm();
    alpacaEval();
    simpleEvals();
    List<Example> examples = Examples.read(folder);
    assertThat(examples)
        .extracting(Example::subject, Example::prompt, Example::cheap, Example::able)
        .containsExactly(
            tuple(Subject.KNOWLEDGE, "What is \"granite\"?\nA. a rock\nB. a plant", 0.0, 1.0),
            tuple(Subject.MATHS, "How many?", 1.0, 0.0),
            tuple(Subject.CHAT, "Write a post.", 0.7, 0.9),
            // Two of eleven are better, and the others' answers are worth half.
            tuple(Subject.CHAT, "Name a rock.", 6.5 / 11, 1.0),
            tuple(Subject.REASONING, "Which?\nA. this\nB. that", 0.25, 1.0));
    assertThat(examples.get(2).heldOut()).as("all of MT-Bench is").isTrue();
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    routeLlm();
    assertThatThrownBy(() -> Examples.read(folder))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("alpaca_eval");
    assertThat(Examples.ORIGIN).contains("tatsu-lab/alpaca_eval");
  }
}
