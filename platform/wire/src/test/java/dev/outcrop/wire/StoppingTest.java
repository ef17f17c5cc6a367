package dev.outcrop.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.bedrockagent.model.DeleteKnowledgeBaseRequest;
import software.amazon.awssdk.services.bedrockagent.model.DeleteKnowledgeBaseResponse;

/** Calls that the server's stop meets at work. */
class StoppingTest {

  /** The server stops when the capability says so. */
  private static final class Stopping extends FakeExchange {
    private Runnable action;
    private boolean stopping;

    Stopping() {
      super("DELETE", "/knowledgebases/KB12345678", Map.of(), new byte[0]);
    }

    @Override
    public void onClientGone(Runnable given) {
      action = given;
    }

    @Override
    public boolean stopping() {
      return stopping;
    }

    void stop() {
      stopping = true;
      action.run();
    }
  }

  /** Deletes, whatever happens. */
  public static final class Bases {
    private final Runnable meanwhile;

    Bases(Runnable meanwhile) {
      this.meanwhile = meanwhile;
    }

    public DeleteKnowledgeBaseResponse deleteKnowledgeBase(DeleteKnowledgeBaseRequest request) {
      meanwhile.run();
      return DeleteKnowledgeBaseResponse.builder()
          .knowledgeBaseId(request.knowledgeBaseId())
          .status("DELETING")
          .build();
    }
  }

  private static int serve(Stopping exchange, Runnable meanwhile) throws IOException {
    new Dispatcher(Capabilities.of(new Bases(meanwhile))).handle(exchange);
    assertThat(Thread.interrupted()).isFalse();
    return exchange.status;
  }

  @Test
  void whatWasDoneAllTheSameIsAnswered() throws IOException {
    Stopping exchange = new Stopping();
    assertThat(serve(exchange, exchange::stop)).isEqualTo(202);
    assertThat(exchange.text()).contains("DELETING");
  }

  @Test
  void whatTheInterruptMayHaveCutShortIsNot() throws IOException {
    Stopping exchange = new Stopping();
    Runnable swallowed =
        () -> {
          exchange.stop();
          assertThat(Thread.interrupted()).isTrue();
        };
    assertThat(serve(exchange, swallowed)).isEqualTo(503);
  }
}
