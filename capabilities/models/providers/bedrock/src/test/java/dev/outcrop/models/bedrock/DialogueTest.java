package dev.outcrop.models.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.wire.ClientGoneException;
import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.EventSource;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamInput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelTimeoutException;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceUnavailableException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Dialogues with a Bedrock that speaks the real protocol, over HTTP/2. */
class DialogueTest {

  private static final String SONIC = "amazon.nova-sonic-v1:0";
  private static final String END = "{\"event\":{\"completionEnd\":{}}}";

  private static ScriptedBedrock.Script script(ScriptedBedrock.Talk talk) {
    var script = new ScriptedBedrock.Script();
    script.talk = talk;
    return script;
  }

  private static void talk(
      BedrockProvider provider,
      EventSource<InvokeModelWithBidirectionalStreamInput> in,
      EventSink<InvokeModelWithBidirectionalStreamOutput> out) {
    provider
        .nativeBodies(ScriptedBedrock.entry(SONIC))
        .orElseThrow()
        .talk(
            InvokeModelWithBidirectionalStreamRequest.builder().modelId("sonic").build(), in, out);
  }

  /** A dialogue on a thread of its own, and how it ended. */
  private static final class Talking {
    private final AtomicReference<Throwable> thrown = new AtomicReference<>();
    final Thread thread;

    Talking(ScriptedBedrock bedrock, Said said, Ears ears) {
      thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      talk(bedrock.provider, said, ears);
                    } catch (RuntimeException e) {
                      thrown.set(e);
                    }
                  });
    }

    Throwable ended() throws InterruptedException {
      thread.join();
      return thrown.get();
    }
  }

  /** Hands on each event as it comes. */
  private static final class Ears implements EventSink<InvokeModelWithBidirectionalStreamOutput> {
    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Override
    public void respond(SdkResponse initial) {}

    @Override
    public void send(InvokeModelWithBidirectionalStreamOutput event) {
      heard.add(Said.text(event));
    }

    String next() throws InterruptedException {
      String next = heard.poll(30, TimeUnit.SECONDS);
      assertThat(next).isNotNull();
      return next;
    }
  }

  @Test
  void wordByWordBothWays() throws Exception {
    var echo =
        script(
            (in, out) -> {
              out.send(Said.output("welcome"));
              for (var event = in.next(); event != null; event = in.next()) {
                out.send(Said.output("you said " + Said.text(event)));
              }
              out.send(Said.output("goodbye"));
            });
    try (var bedrock = new ScriptedBedrock(echo)) {
      Said said = new Said();
      Ears ears = new Ears();
      Thread dialogue = Thread.ofVirtual().start(() -> talk(bedrock.provider, said, ears));
      assertThat(ears.next()).isEqualTo("welcome");
      said.say("a");
      assertThat(ears.next()).isEqualTo("you said a");
      said.say("b");
      assertThat(ears.next()).isEqualTo("you said b");
      assertThat(said.read).hasValue(2);
      said.end();
      assertThat(ears.next()).isEqualTo("goodbye");
      dialogue.join();

      assertThat(bedrock.asked)
          .containsExactly(
              InvokeModelWithBidirectionalStreamRequest.builder().modelId(SONIC).build());
      assertThat(bedrock.headers.getFirst().get("authorization").getFirst())
          .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/");
    }
  }

  @Test
  void theModelMayEndItFirst() {
    try (var bedrock =
        new ScriptedBedrock(
            script(
                (in, out) -> {
                  in.next();
                  out.send(Said.output("enough"));
                  out.send(Said.output(END));
                  out.send(Said.output("{\"event\":{\"usageEvent\":{}}}"));
                }))) {
      Kept<InvokeModelWithBidirectionalStreamOutput> kept = new Kept<>();
      talk(bedrock.provider, new Said().say("a"), kept);
      assertThat(kept.sent).extracting(Said::text).hasSize(3).startsWith("enough", END);
    }
  }

  @Test
  void anEndBeforeTheEndIsAFailure() {
    try (var bedrock =
        new ScriptedBedrock(
            script(
                (in, out) -> {
                  out.send(Said.output(END));
                  out.send(Said.output("and another th"));
                }))) {
      Kept<InvokeModelWithBidirectionalStreamOutput> kept = new Kept<>();
      assertThatThrownBy(() -> talk(bedrock.provider, new Said(), kept))
          .isInstanceOf(ModelStreamErrorException.class)
          .hasMessageContaining("before the answer was complete");
      assertThat(kept.sent).hasSize(2);
    }
  }

  @Test
  void aConnectionThatIsResetIsAFailure() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    var script = new ScriptedBedrock.Script();
    script.raw =
        exchange -> {
          var out =
              exchange.respond(
                  200, Map.of("content-type", List.of("application/vnd.amazon.eventstream")));
          out.write(Frames.event("chunk", "{\"bytes\":\"aG0=\"}"));
          out.flush();
          await(arrived);
          exchange.abort();
        };
    try (var bedrock = new ScriptedBedrock(script)) {
      Ears ears = new Ears();
      Talking dialogue = new Talking(bedrock, new Said(), ears);
      assertThat(ears.next()).isEqualTo("hm");
      arrived.countDown();
      assertThat(dialogue.ended())
          .isInstanceOf(ModelStreamErrorException.class)
          .hasMessageContaining("'aws'");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new ClientGoneException(e);
    }
  }

  @Test
  void whatIsRefusedAtOnceIsNoDialogue() {
    try (var bedrock =
        new ScriptedBedrock(
            script(
                (in, out) -> {
                  throw ValidationException.builder().message("I only write").build();
                }))) {
      Said said = new Said().say("a");
      assertThatThrownBy(() -> talk(bedrock.provider, said, new Kept<>()))
          .isInstanceOf(ValidationException.class)
          .hasMessageContaining("I only write");
      assertThat(said.read).hasValue(0);
    }
  }

  @Test
  void whatFailsInTheMiddleKeepsItsName() {
    try (var bedrock =
        new ScriptedBedrock(
            script(
                (in, out) -> {
                  out.send(Said.output("hm"));
                  in.next();
                  throw ThrottlingException.builder().message("too much talk").build();
                }))) {
      Kept<InvokeModelWithBidirectionalStreamOutput> kept = new Kept<>();
      assertThatThrownBy(() -> talk(bedrock.provider, new Said().say("a"), kept))
          .isInstanceOf(ThrottlingException.class)
          .hasMessageContaining("too much talk");
      assertThat(kept.sent).hasSize(1);
    }
  }

  @Test
  void theModelHearsThatTheClientLeft() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (var bedrock =
        new ScriptedBedrock(
            script(
                (in, out) -> {
                  out.send(Said.output("hello?"));
                  try {
                    in.next();
                  } catch (ClientGoneException e) {
                    gone.countDown();
                    throw e;
                  }
                }))) {
      Said said = new Said();
      Ears ears = new Ears();
      Talking dialogue = new Talking(bedrock, said, ears);
      ears.next();
      dialogue.thread.interrupt();
      assertThat(dialogue.ended()).isInstanceOf(ClientGoneException.class);
      assertThat(gone.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aClientThatCannotBeUnderstoodEndsIt() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (var bedrock =
        new ScriptedBedrock(
            script(
                (in, out) -> {
                  out.send(Said.output("hello?"));
                  try {
                    in.next();
                    in.next();
                  } catch (ClientGoneException e) {
                    gone.countDown();
                    throw e;
                  }
                }))) {
      RuntimeException bad = ValidationException.builder().message("no frame").build();
      EventSource<InvokeModelWithBidirectionalStreamInput> garbled =
          () -> {
            throw bad;
          };
      assertThatThrownBy(() -> talk(bedrock.provider, garbled, new Kept<>())).isSameAs(bad);
      assertThat(gone.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** A dialogue in which nobody speaks is over; one in which the client speaks is not. */
  @Test
  void silence() throws Exception {
    try (var bedrock =
        new ScriptedBedrock(
            script(
                (in, out) -> {
                  out.send(Said.output("go on"));
                  while (in.next() != null) {
                    // listens without a word
                  }
                }),
            "idle-timeout",
            "2s")) {
      Said said = new Said();
      Ears ears = new Ears();
      Talking dialogue = new Talking(bedrock, said, ears);
      ears.next();
      for (int i = 0; i < 6; i++) {
        Thread.sleep(500);
        said.say("x".repeat(10));
      }
      assertThat(dialogue.thread.isAlive()).isTrue();
      assertThat(dialogue.ended()).isInstanceOf(ModelTimeoutException.class);
    }
  }

  @Test
  void aModelThatDoesNotListenSlowsTheClientDown() throws Exception {
    CountDownLatch listen = new CountDownLatch(1);
    int all = 2_000;
    try (var bedrock =
        new ScriptedBedrock(
            script(
                (in, out) -> {
                  out.send(Said.output("wait"));
                  in.next();
                  try {
                    listen.await();
                  } catch (InterruptedException e) {
                    throw new ClientGoneException(e);
                  }
                  int heard = 1;
                  while (in.next() != null) {
                    heard++;
                  }
                  out.send(Said.output("heard " + heard));
                }))) {
      Said said = new Said();
      String word = "x".repeat(30_000);
      for (int i = 0; i < all; i++) {
        said.say(word);
      }
      said.end();
      Ears ears = new Ears();
      Thread dialogue = Thread.ofVirtual().start(() -> talk(bedrock.provider, said, ears));
      ears.next();
      int before = -1;
      while (said.read.get() != before) {
        before = said.read.get();
        Thread.sleep(500);
      }
      assertThat(before).isBetween(1, all / 2);
      listen.countDown();
      assertThat(ears.next()).isEqualTo("heard " + all);
      dialogue.join();
    }
  }

  @Test
  void nobodyThere() throws Exception {
    int free;
    try (var socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    try (var provider = ScriptedBedrock.provider("http://127.0.0.1:" + free)) {
      assertThatThrownBy(() -> talk(provider, new Said().say("a"), new Kept<>()))
          .isInstanceOf(ServiceUnavailableException.class);
    }
  }
}
