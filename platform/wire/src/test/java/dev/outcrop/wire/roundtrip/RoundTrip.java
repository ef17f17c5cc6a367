package dev.outcrop.wire.roundtrip;

import dev.outcrop.operations.Operation;
import dev.outcrop.operations.OperationIndex;
import dev.outcrop.operations.Resolution;
import dev.outcrop.operations.Router;
import dev.outcrop.operations.Streaming;
import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.body.Bodies;
import dev.outcrop.wire.protocol.Answer;
import dev.outcrop.wire.protocol.Binding;
import dev.outcrop.wire.protocol.Incoming;
import dev.outcrop.wire.protocol.WireProtocol;
import dev.outcrop.wire.shape.Builders;
import dev.outcrop.wire.shape.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;

/** One operation called by a real client, with our codec on the other side. */
final class RoundTrip {
  private static final Router ROUTER = new Router(OperationIndex.get());

  private final Loopback http = new Loopback(this::serve);
  private final Map<String, Object> clients = new HashMap<>();
  private Operation operation;
  private SdkPojo sent;
  private SdkPojo answered;
  private List<SdkPojo> events;
  private String wrong;

  /** What went wrong, or null. */
  String problem(Operation called, long seed) {
    RandomPojo random = new RandomPojo(seed, 3);
    operation = called;
    wrong = null;
    sent = (SdkPojo) random.build(Builders.of(called.requestClass()).get());
    answered = (SdkPojo) random.build(Builders.of(called.responseClass()).get());
    events = called.eventsOut() == null ? List.of() : events(random);
    try {
      Object got = call();
      if (wrong != null) {
        return wrong;
      }
      return got == null || answered.equalsBySdkFields(got)
          ? null
          : "the answer\n  " + answered + "\n  was read as\n  " + got;
    } catch (InvocationTargetException e) {
      return wrong != null ? wrong : "the client failed: " + chain(e.getCause());
    } catch (Exception e) {
      return wrong != null ? wrong : "failed: " + chain(e);
    }
  }

  private static String chain(Throwable thrown) {
    StringBuilder chain = new StringBuilder();
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      chain.append(t).append(" at ").append(t.getStackTrace().length > 0 ? t.getStackTrace()[0] : "");
      chain.append(" <- ");
    }
    return chain.toString();
  }

  private List<SdkPojo> events(RandomPojo random) {
    List<SdkPojo> all = new ArrayList<>();
    operation
        .eventsOut()
        .builders()
        .forEach(
            (name, builder) ->
                all.add(
                    (SdkPojo)
                        random.build(
                            Builders.of(operation.eventsOut().unionClass(), builder).get())));
    return all;
  }

  private Object call() throws Exception {
    return switch (operation.streaming()) {
      case NONE -> sync().invoke(client(false), sent);
      case BLOB_IN -> sync(RequestBody.class).invoke(client(false), sent, body());
      case BLOB_OUT ->
          sync(ResponseTransformer.class).invoke(client(false), sent, transformer());
      case BLOB_BOTH ->
          sync(RequestBody.class, ResponseTransformer.class)
              .invoke(client(false), sent, body(), transformer());
      case EVENTS_OUT, EVENTS_BOTH, EVENTS_IN -> null;
    };
  }

  private java.lang.reflect.Method sync(Class<?>... further) throws ReflectiveOperationException {
    return SdkClients.method(client(false).getClass(), operation, further);
  }

  private Object client(boolean async) throws ReflectiveOperationException {
    String key = operation.service() + async;
    Object client = clients.get(key);
    if (client == null) {
      client = async ? SdkClients.async(operation, http) : SdkClients.sync(operation, http);
      clients.put(key, client);
    }
    return client;
  }

  private static RequestBody body() {
    return RequestBody.fromString("the body");
  }

  private static ResponseTransformer<SdkResponse, Object> transformer() {
    return (response, stream) -> {
      stream.readAllBytes();
      return response;
    };
  }

  private void serve(HttpExchange exchange) throws IOException {
    try {
      read(exchange);
    } catch (RuntimeException e) {
      wrong = "the request was not read: " + e + " of " + exchange.method() + " " + exchange.rawPath();
    }
    WireProtocol protocol = WireProtocol.of(operation.protocol());
    Answer answer = protocol.answer(Binding.of(operation), answered, "the-request-id");
    try (OutputStream out = exchange.respond(answer.status(), answer.headers())) {
      out.write(answer.body());
    }
  }

  private void read(HttpExchange exchange) throws IOException {
    Resolution resolution =
        ROUTER.resolve(exchange.method(), exchange.rawPath(), exchange.rawQuery(), exchange::header);
    boolean streams = operation.streaming() != Streaming.NONE;
    byte[] body = streams && operation.streaming() != Streaming.BLOB_OUT ? null : Bodies.whole(exchange, 1 << 24);
    if (resolution instanceof Resolution.NeedsBody needs) {
      resolution = needs.decide().apply(body);
    }
    if (!(resolution instanceof Resolution.Found found)) {
      wrong = "resolved to " + resolution;
      return;
    }
    if (!found.operation().id().equals(operation.id())) {
      wrong = "resolved to " + found.operation().id();
      return;
    }
    WireProtocol protocol = WireProtocol.of(found.protocol());
    SdkPojo builder =
        protocol.read(Binding.of(operation), new Incoming(exchange, found.labels(), body));
    Object read = Shape.build(builder);
    if (!sent.equalsBySdkFields(read)) {
      wrong = "the request\n  " + sent + "\n  was read as\n  " + read;
    }
    if (body == null) {
      String got = new String(Bodies.stream(exchange).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      wrong = got.equals("the body") ? wrong : "the body was read as " + got;
    }
  }
}
