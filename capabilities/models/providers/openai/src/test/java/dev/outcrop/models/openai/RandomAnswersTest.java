package dev.outcrop.models.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.upstream.Failure;
import dev.outcrop.models.upstream.ResponseFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that no one wrote by hand; a failure names its seed. */
class RandomAnswersTest {

  private static final int ROUNDS = 500;

  private static Answer answer(Events events) {
    return new Answer(
        Fixture.request(r -> {}),
        events,
        ResponseFields.pointers(List.of("/choices/0/message", "/usage/x")),
        true,
        System.nanoTime());
  }

  private static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static JsonNode call(int index, boolean first, String arguments) {
    ObjectNode call = Json.object().put("index", index);
    if (first) {
      call.put("id", "id" + index);
    }
    ObjectNode function = call.putObject("function").put("arguments", arguments);
    if (first) {
      function.put("name", "tool" + index);
    }
    ObjectNode chunk = Json.object();
    chunk.putArray("choices").addObject().putObject("delta").putArray("tool_calls").add(call);
    return chunk;
  }

  /** However the pieces of calls are shuffled together, each call comes whole and in order. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyInterleavingOfToolCallsComesOutInOrder(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      int calls = 1 + random.nextInt(4);
      List<String> arguments = new ArrayList<>();
      int[] sent = new int[calls];
      for (int i = 0; i < calls; i++) {
        arguments.add(
            random.nextInt(5) == 0
                ? ""
                : "{\"a\":\"}{\\\"\\\\\",\"b\":[" + random.nextInt() + "]}");
      }
      Events events = new Events();
      Answer answer = answer(events);
      for (int begun = 0; begun < calls || left(arguments, sent); ) {
        int i = begun < calls && random.nextBoolean() ? begun : random.nextInt(Math.max(1, begun));
        boolean first = i == begun;
        if (!first && sent[i] == arguments.get(i).length()) {
          continue;
        }
        int to = Math.min(arguments.get(i).length(), sent[i] + random.nextInt(6) + (first ? 0 : 1));
        answer.chunk(call(i, first, arguments.get(i).substring(sent[i], to)));
        sent[i] = to;
        begun += first ? 1 : 0;
      }
      answer.chunk(json(Fixture.end("tool_calls")));
      answer.end(Usage.of(0, 0));
      StringBuilder expected = new StringBuilder("start ");
      for (int i = 0; i < calls; i++) {
        String whole = arguments.get(i).isEmpty() ? "{}" : arguments.get(i);
        expected.append("%d:tool%d(id%d) %s%d. ".formatted(i, i, i, i + ":" + whole + " ", i));
      }
      assertThat(joined(events.brief()))
          .as("seed %d round %d", seed, round)
          .isEqualTo(expected + "tool_use");
    }
  }

  private static boolean left(List<String> arguments, int[] sent) {
    for (int i = 0; i < sent.length; i++) {
      if (sent[i] < arguments.get(i).length()) {
        return true;
      }
    }
    return false;
  }

  /** Pieces of one block's input as one. */
  private static String joined(String brief) {
    String[] words = brief.split(" ");
    StringBuilder joined = new StringBuilder();
    String block = "";
    for (String word : words) {
      String prefix = word.matches("\\d:.*") ? word.substring(0, 2) : "";
      boolean more = !prefix.isEmpty() && prefix.equals(block);
      joined.append(more ? word.substring(2) : (joined.isEmpty() ? "" : " ") + word);
      block = word.matches("\\d:tool.*") ? "" : prefix;
    }
    return joined.toString();
  }

  /** Whatever a server writes is an answer or a failure of the server, never an error of ours. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void nonsenseIsAnAnswerOrAFailure(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Answer answer = answer(new Events());
      try {
        for (int i = 0; i < 5; i++) {
          JsonNode chunk =
              json(
                  """
                  {"id":"c","service_tier":"default","choices":[{"index":0,"delta":{"role":"assistant",
                   "content":"a","reasoning":"b","refusal":null,"tool_calls":[{"index":0,"id":"t","function":
                   {"name":"n","arguments":"{}"}}]},"finish_reason":null,"logprobs":{"content":[{"index":1}]}}],
                   "usage":{"prompt_tokens":1,"prompt_tokens_details":{"cached_tokens":1}},"x_groq":{}}""");
          mutate(chunk, random);
          answer.chunk(chunk);
        }
        answer.end(Usage.of(0, 0));
      } catch (Failure expected) {
        assertThat(expected).hasMessageNotContaining("null");
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + " round " + round, e);
      }
    }
  }

  private static void mutate(JsonNode node, Random random) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        if (random.nextInt(12) == 0) {
          object.set(name, nonsense(random));
        } else {
          mutate(object.get(name), random);
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (random.nextInt(12) == 0) {
          array.set(i, nonsense(random));
        } else {
          mutate(array.get(i), random);
        }
      }
    }
  }

  private static JsonNode nonsense(Random random) {
    String[] values = {
      "null",
      "true",
      "-7",
      "1e300",
      "\"\"",
      "\"{\"",
      "\"stop\"",
      "[]",
      "[[1]]",
      "{}",
      "{\"error\":1}",
      "[{\"index\":-1}]",
      "[{\"text\":3}]",
      "{\"code\":\"x\"}",
      "99999999999"
    };
    return json(values[random.nextInt(values.length)]);
  }
}
