package dev.outcrop.protocoltests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.http.HttpServer;
import dev.outcrop.http.HttpSettings;
import dev.outcrop.operations.Operation;
import dev.outcrop.operations.OperationIndex;
import dev.outcrop.operations.Protocol;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.Dispatcher;
import dev.outcrop.wire.shape.Builders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every operation of every service, called over HTTP with what its SDK client would send and with
 * broken forms of it: never a 500, never silence, always an error that the protocol's clients can
 * read. {@code -Dseed=N} repeats a run.
 */
class HostileRequestTest {
  private static final long SEED = Long.getLong("seed", 20);
  private static final int FORMS = 2;

  private static final List<Operation> OPERATIONS =
      OperationIndex.get().services().stream()
          .flatMap(service -> OperationIndex.get().operations(service.name()).stream())
          .toList();

  private static HttpServer every;
  private static HttpServer none;

  private final Marshaller marshaller = new Marshaller();
  private final List<String> problems = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    every = serve(EveryOperation.capabilities());
    none = serve();
  }

  private static HttpServer serve(Object... capabilities) throws IOException {
    return HttpServer.start(HttpSettings.defaults(), new Dispatcher(Capabilities.of(capabilities)));
  }

  @AfterAll
  static void stop() {
    every.close();
    none.close();
  }

  @Test
  void brokenRequestsAreAnsweredWithErrors() throws Exception {
    Map<Mutation, Map<Integer, Integer>> statuses = new EnumMap<>(Mutation.class);
    int unmarshalled = 0;
    for (int i = 0; i < OPERATIONS.size(); i++) {
      Operation operation = OPERATIONS.get(i);
      Random random = new Random(SEED * 1_000_003 + i);
      Message right = right(operation, random);
      unmarshalled += right == null ? 1 : 0;
      for (int n = 0; right != null && n < FORMS; n++) {
        Mutation mutation = Mutation.values()[(i + n * 7) % Mutation.values().length];
        Message wrong = mutation.of(right, random);
        Protocol protocol = mutation.bodyOnly() ? right.protocol(operation) : null;
        int status =
            send(
                operation,
                mutation,
                protocol,
                random.nextInt(4) > 0 ? wrong.withoutDigests() : wrong);
        statuses.computeIfAbsent(mutation, _ -> new TreeMap<>()).merge(status, 1, Integer::sum);
      }
    }
    System.out.printf("seed %d, not marshalled %d, statuses %s%n", SEED, unmarshalled, statuses);
    assertThat(problems).as("seed %d", SEED).isEmpty();
    assertThat(unmarshalled).as("operations without a request").isLessThan(OPERATIONS.size() / 50);
    assertThat(statuses.get(Mutation.NONE)).as("right requests").containsKey(200);
    assertThat(statuses.get(Mutation.HUGE_HEADER).keySet()).containsExactly(431);
    assertThat(statuses.get(Mutation.RANDOM_BODY)).containsKey(400);
  }

  private int send(Operation operation, Mutation mutation, Protocol protocol, Message message)
      throws IOException {
    Reply reply = Reply.to(message, every.port());
    String problem =
        reply.status() >= 500 || reply.status() == 0
            ? "the service is at fault"
            : reply.status() >= 400 ? ErrorForm.problem(reply, message.method(), protocol) : null;
    if (problem != null) {
      problems.add(
          "%s %s: %s\n%s\n→ %s".formatted(operation.id(), mutation, problem, message, reply));
    }
    return reply.status();
  }

  @Test
  void whatNobodyImplementsIsRefusedByName() throws Exception {
    for (int i = 0; i < OPERATIONS.size(); i += 3) {
      Operation operation = OPERATIONS.get(i);
      Message right = right(operation, new Random(SEED + i));
      if (right == null) {
        continue;
      }
      Reply reply = Reply.to(right, none.port());
      String form = ErrorForm.problem(reply, right.method(), right.protocol(operation));
      boolean named = right.method().equals("HEAD") || reply.toString().contains(operation.id());
      if (reply.status() != 501 || form != null || !named) {
        problems.add("%s: %s\n%s\n→ %s".formatted(operation.id(), form, right, reply));
      }
    }
    assertThat(problems).as("seed %d", SEED).isEmpty();
  }

  private Message right(Operation operation, Random random) throws ReflectiveOperationException {
    Object request = new Sample(random, operation).of(Builders.of(operation.requestClass()).get());
    return marshaller.marshal(operation, request);
  }
}
