package dev.outcrop.wire.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.operations.Operation;
import dev.outcrop.operations.OperationIndex;
import dev.outcrop.operations.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation of every service: a random request marshalled by the service's real client is
 * read back equal by our codec, and a random response (or events of every type) of ours is
 * unmarshalled equal by the client. {@code -Doutcrop.rounds=20} tries more; a failure names its
 * seed.
 */
class RoundTripTest {
  private static final int ROUNDS = Integer.getInteger("outcrop.rounds", 1);

  /** What cannot be tried this way, and why. */
  private static final Map<String, String> SKIPPED =
      Map.of(
          "bedrock-agentcore:GetAgentCard",
          "the SDK looks for a document that is the whole body under the member's name");

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
      if (SKIPPED.containsKey(operation.id())) {
        continue;
      }
      for (int round = 0; round < ROUNDS; round++) {
        String problem = trip.problem(operation, operation.id().hashCode() + 31L * round);
        if (problem != null) {
          problems.add(operation.id() + " (round " + round + "): " + problem);
        }
      }
      tried++;
    }
    assertThat(tried).isPositive();
    assertThat(problems).as(problems.size() + " of " + tried).isEmpty();
  }
}
