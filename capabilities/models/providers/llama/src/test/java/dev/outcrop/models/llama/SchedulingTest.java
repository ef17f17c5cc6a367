package dev.outcrop.models.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.models.llama.engine.Message.Done;
import dev.outcrop.models.llama.engine.Message.Started;
import dev.outcrop.wire.ClientGoneException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;

@Timeout(60)
final class SchedulingTest extends LlamaTest {

  @Test
  void answersManyAtOnceAsItAnswersEachAlone() throws Exception {
    Map<String, String> alone = new LinkedHashMap<>();
    LlamaChatModel one = model(exact("parallel", "1", "prefixes", "0"));
    for (int i = 0; i < 12; i++) {
      String prompt = "question " + i + " " + "abc ".repeat(i * 7);
      alone.put(prompt, answer(one, ask(prompt, 20 + i * 3)).text());
    }

    LlamaChatModel many = model(exact("parallel", "6", "batch", "32"));

    assertThat(together(many, alone)).isEqualTo(alone);
  }

  /** Full precision, so that the order of additions does not decide between random tokens. */
  private static String[] exact(String... options) {
    return Stream.concat(
            Stream.of("cacheType", "F32", "flashAttention", "off"), Arrays.stream(options))
        .toArray(String[]::new);
  }

  @Test
  void getsThroughWhenTheCacheIsTooSmallForAll() throws Exception {
    Map<String, String> alone = new LinkedHashMap<>();
    LlamaChatModel one = model(exact("parallel", "1", "prefixes", "0"));
    for (int i = 0; i < 8; i++) {
      String prompt = (char) ('a' + i) + "x".repeat(100);
      alone.put(prompt, answer(one, ask(prompt, 120)).text());
    }

    LlamaChatModel tight =
        model(exact("parallel", "8", "contextLength", "256", "cacheTokens", "512", "batch", "64"));

    assertThat(together(tight, alone, 120)).isEqualTo(alone);
  }

  private static Map<String, String> together(LlamaChatModel model, Map<String, String> alone)
      throws Exception {
    return together(model, alone, 0);
  }

  private static Map<String, String> together(
      LlamaChatModel model, Map<String, String> alone, int maxTokens) throws Exception {
    Map<String, String> answers = new LinkedHashMap<>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> work = new ArrayList<>();
      alone.forEach(
          (prompt, text) ->
              work.add(
                  () ->
                      answer(model, ask(prompt, maxTokens > 0 ? maxTokens : text.length()))
                          .text()));
      List<Future<String>> done = executor.invokeAll(work);
      int i = 0;
      for (String prompt : alone.keySet()) {
        answers.put(prompt, done.get(i++).get());
      }
    }
    return answers;
  }

  @Test
  void reusesThePrefixThatAnotherRequestHad() throws Exception {
    LlamaChatModel model = model("batch", "64");
    String shared = "the same beginning ".repeat(20);

    assertThat(reused(model, shared + "one")).isZero();
    assertThat(reused(model, shared + "two")).isEqualTo(shared.length());
    assertThat(reused(model, shared + "two")).isEqualTo(shared.length() + 2);
    assertThat(reused(model, "something else")).isZero();
    assertThat(reused(model("prefixes", "0"), shared + "one")).isZero();
  }

  @Test
  void sharesThePrefixOfARequestThatIsStillRunning() throws Exception {
    Child child = model("batch", "64").loaded().child();
    String shared = "another beginning ".repeat(20);
    try (Call first = child.call(1001, generate(1001, shared + "one", 1000));
        Call second = child.call(1002, generate(1002, shared + "two", 1))) {
      assertThat(((Started) first.next()).reused()).isZero();
      assertThat(((Started) second.next()).reused()).isEqualTo(shared.length());
    }
  }

  @Test
  void answersTheSameWithAReusedPrefix() {
    String shared = "the same beginning ".repeat(20);
    String alone = answer(model(exact("prefixes", "0")), ask(shared + "two", 40)).text();
    LlamaChatModel model = model(exact());

    assertThat(answer(model, ask(shared + "one", 40)).text()).isNotEmpty();
    assertThat(answer(model, ask(shared + "two", 40)).text()).isEqualTo(alone);
  }

  @Test
  void remembersConversationsThatOthersInterrupted() throws Exception {
    List<String> beginnings =
        List.of("one story ".repeat(30), "another one ".repeat(30), "the third ".repeat(35));
    LlamaChatModel model = model("parallel", "2", "prefixes", "3");
    for (String beginning : beginnings) {
      assertThat(reused(model, beginning + "goes on")).isZero();
    }
    for (String beginning : beginnings) {
      assertThat(reused(model, beginning + "ends")).isEqualTo(beginning.length());
    }

    assertThat(reused(model, "Fourth, as long as a text must be to be kept for later")).isZero();
    assertThat(reused(model, "Sixth, which leaves room for no more than itself and two")).isZero();
    assertThat(reused(model, beginnings.getFirst() + "was forgotten")).isZero();
  }

  @Test
  void answersTheSameToAConversationThatOthersInterrupted() {
    LlamaChatModel alone = model(exact("prefixes", "0", "parallel", "3"));
    LlamaChatModel model = model(exact("prefixes", "3", "parallel", "3"));
    for (int turn = 0; turn < 3; turn++) {
      for (String subject : List.of("sailing ", "cooking ", "gardens ")) {
        ConverseStreamRequest request = ask(subject.repeat(20 + 5 * turn), 30);
        assertThat(answer(model, request).text()).isEqualTo(answer(alone, request).text());
      }
    }
  }

  private static int reused(LlamaChatModel model, String prompt) throws Exception {
    Child child = model.loaded().child();
    long id = child.nextId();
    try (Call call = child.call(id, generate(id, prompt, 1))) {
      int reused = ((Started) call.next()).reused();
      while (!(call.next() instanceof Done)) {
        // Its tokens don't matter here.
      }
      return reused;
    }
  }

  @Test
  void freesTheEngineWhenTheClientLeaves() throws Exception {
    // One at a time: were the first not cancelled, the second would never begin.
    LlamaChatModel model = model("parallel", "1", "contextLength", "2048");
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> model.converse(ask("hello", 2000), new Leaving()))
          .isInstanceOf(ClientGoneException.class);
    }

    assertThat(answer(model, ask("hello", 5)).text()).hasSize(5);
    assertThat(model.loaded().child().busy()).isZero();
  }

  private static final class Leaving extends Told {
    @Override
    public void send(ConverseStreamOutput event) {
      super.send(event);
      if (events.size() == 4) {
        throw new ClientGoneException(null);
      }
    }
  }

  @Test
  void endsTheWorkOfAnInterruptedCaller() throws Exception {
    LlamaChatModel model = model("parallel", "1");
    Told told = new Told();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () ->
                    assertThatThrownBy(() -> model.converse(ask("hello", 2000), told))
                        .isInstanceOf(ClientGoneException.class));
    while (model.loaded().child().busy() == 0) {
      Thread.onSpinWait();
    }
    caller.interrupt();
    caller.join();

    assertThat(model.loaded().child().busy()).isZero();
    assertThat(answer(model, ask("hello", 5)).text()).hasSize(5);
  }
}
