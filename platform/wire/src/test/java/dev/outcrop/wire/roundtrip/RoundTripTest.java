package dev.outcrop.wire.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.operations.Operation;
import dev.outcrop.operations.OperationIndex;
import dev.outcrop.operations.Protocol;
import dev.outcrop.operations.Service;
import dev.outcrop.wire.protocol.Answer;
import dev.outcrop.wire.protocol.Binding;
import dev.outcrop.wire.protocol.WireProtocol;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockagentcore.model.GetAgentCardResponse;

/**
 * Every operation of every service: a random request marshalled by the service's real client is
 * read back equal by our codec, and a random response (or events of every type) of ours is
 * unmarshalled equal by the client. {@code -Doutcrop.rounds=20} tries more; a failure names its
 * seed.
 */
class RoundTripTest {
  private static final int ROUNDS = Integer.getInteger("outcrop.rounds", 1);

  /**
   * Answers that the SDK cannot read. A payload that is a document is the whole body, as the
   * service's model says and its other SDKs have it; the one for Java looks for it under the
   * member's name in the body. {@link #aDocumentThatIsThePayloadIsTheWholeBody} looks at such an
   * answer itself.
   */
  private static final Set<String> UNREADABLE = Set.of("bedrock-agentcore:GetAgentCard");

  static Stream<String> services() {
    return OperationIndex.get().services().stream().map(Service::name);
  }

  @ParameterizedTest
  @MethodSource("services")
  void everyOperationGoesThereAndBack(String service) {
    List<String> problems = new ArrayList<>();
    int tried = 0;
    RoundTrip trip = new RoundTrip();
    for (Operation operation : OperationIndex.get().operations(service)) {
      for (int round = 0; round < ROUNDS; round++) {
        String problem = trip.problem(operation, operation.id().hashCode() + 31L * round);
        boolean readable = !UNREADABLE.contains(operation.id());
        if (problem != null && (readable || !problem.startsWith(RoundTrip.ANSWER))) {
          problems.add(operation.id() + " (round " + round + "): " + problem);
        }
      }
      tried++;
    }
    assertThat(tried).isPositive();
    assertThat(problems).as(problems.size() + " of " + tried).isEmpty();
  }

  @Test
  void aDocumentThatIsThePayloadIsTheWholeBody() {
    GetAgentCardResponse answer =
        GetAgentCardResponse.builder()
            .agentCard(Document.mapBuilder().putString("name", "weather").build())
            .runtimeSessionId("a-session")
            .statusCode(203)
            .build();
    Operation operation = OperationIndex.get().find("bedrock-agentcore", "GetAgentCard");
    Answer written =
        WireProtocol.of(Protocol.REST_JSON).answer(Binding.of(operation), answer, "an-id");
    assertThat(new String(written.body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"name\":\"weather\"}");
    assertThat(written.status()).isEqualTo(203);
    assertThat(written.headers())
        .containsEntry("X-Amzn-Bedrock-AgentCore-Runtime-Session-Id", List.of("a-session"));
  }
}
