package dev.outcrop.wire.roundtrip;

import dev.outcrop.operations.EventUnion;
import dev.outcrop.operations.Operation;
import dev.outcrop.operations.OperationIndex;
import dev.outcrop.operations.Protocol;
import dev.outcrop.operations.Resolution;
import dev.outcrop.operations.Router;
import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.body.Bodies;
import dev.outcrop.wire.events.EventReader;
import dev.outcrop.wire.events.EventTypes;
import dev.outcrop.wire.events.ResponseEvents;
import dev.outcrop.wire.events.SignedFrames;
import dev.outcrop.wire.protocol.Answer;
import dev.outcrop.wire.protocol.Binding;
import dev.outcrop.wire.protocol.Incoming;
import dev.outcrop.wire.protocol.WireProtocol;
import dev.outcrop.wire.shape.Builders;
import dev.outcrop.wire.shape.Member;
import dev.outcrop.wire.shape.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.awscore.eventstream.EventStreamResponseHandler;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.protocol.MarshallLocation;
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
  private List<SdkPojo> eventsIn;
  private List<SdkPojo> eventsOut;
  private Protocol spoken;
  private String wrong;

  /** How a problem with the answer begins. */
  static final String ANSWER = "the answer";

  /** What went wrong, or null. */
  String problem(Operation called, long seed) {
    RandomPojo random = new RandomPojo(seed, required(called), 3);
    operation = called;
    wrong = null;
    spoken = called.protocol();
    sent = (SdkPojo) random.build(Builders.of(called.requestClass()).get());
    answered = (SdkPojo) random.build(Builders.of(called.responseClass()).get());
    eventsIn = events(called.eventsIn(), random);
    eventsOut = events(called.eventsOut(), random);
    try {
      Object got = call();
      if (wrong != null) {
        return wrong;
      }
      return got == null || same(answered, got)
          ? null
          : ANSWER + "\n  " + answered + "\n  was read as\n  " + got;
    } catch (InvocationTargetException e) {
      return wrong != null ? wrong : "the client failed: " + chain(e.getCause());
    } catch (Exception e) {
      return wrong != null ? wrong : "failed: " + chain(e);
    }
  }

  private static Set<String> required(Operation called) {
    Set<String> names = new HashSet<>();
    called.requiredQuery().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    called.requiredHeaders().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    return names;
  }

  // Clients fill in headers that were left out, and read absent metadata as an empty map.
  private static boolean same(SdkPojo given, Object read) {
    for (Member member : Shape.of(given).members()) {
      Object before = member.get(given);
      if ((before != null || member.location() != MarshallLocation.HEADER)
          && !Objects.equals(before, member.get((SdkPojo) read))) {
        return false;
      }
    }
    return true;
  }

  private static String chain(Throwable thrown) {
    StringBuilder chain = new StringBuilder();
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      chain
          .append(t)
          .append(" at ")
          .append(t.getStackTrace().length > 0 ? t.getStackTrace()[0] : "");
      chain.append(" <- ");
    }
    return chain.toString();
  }

  private static List<SdkPojo> events(EventUnion union, RandomPojo random) {
    List<SdkPojo> all = new ArrayList<>();
    if (union != null) {
      union
          .builders()
          .forEach(
              (_, builder) ->
                  all.add((SdkPojo) random.build(Builders.of(union.unionClass(), builder).get())));
    }
    return all;
  }

  private Object call() throws Exception {
    return switch (operation.streaming()) {
      case NONE ->
          SdkClients.hasSync(operation)
              ? sync().invoke(client(false), sent)
              : async().get(20, TimeUnit.SECONDS);
      case BLOB_IN -> sync(RequestBody.class).invoke(client(false), sent, body());
      case BLOB_OUT -> sync(ResponseTransformer.class).invoke(client(false), sent, transformer());
      case BLOB_BOTH ->
          sync(RequestBody.class, ResponseTransformer.class)
              .invoke(client(false), sent, body(), transformer());
      case EVENTS_IN -> async(Publisher.class).get(20, TimeUnit.SECONDS);
      case EVENTS_OUT, EVENTS_BOTH -> events();
    };
  }

  private CompletableFuture<?> async(Class<?>... further) throws ReflectiveOperationException {
    Object client = client(true);
    Method method = SdkClients.method(client.getClass(), operation, further);
    return (CompletableFuture<?>)
        (further.length == 0
            ? method.invoke(client, sent)
            : method.invoke(client, sent, SdkPublisher.fromIterable(eventsIn)));
  }

  private Object events() throws Exception {
    Object client = client(true);
    boolean in = operation.eventsIn() != null;
    Method method =
        in
            ? SdkClients.method(
                client.getClass(), operation, Publisher.class, EventStreamResponseHandler.class)
            : SdkClients.method(client.getClass(), operation, EventStreamResponseHandler.class);
    Events events = new Events();
    Object handler = events.handler(method.getParameterTypes()[in ? 2 : 1]);
    var done =
        (CompletableFuture<?>)
            (in
                ? method.invoke(client, sent, SdkPublisher.fromIterable(eventsIn), handler)
                : method.invoke(client, sent, handler));
    done.get(20, TimeUnit.SECONDS);
    if (wrong == null && !same(eventsOut, events.received())) {
      wrong = "the events\n  " + eventsOut + "\n  were read as\n  " + events.received();
    }
    return events.response();
  }

  private static boolean same(List<SdkPojo> given, List<Object> read) {
    boolean same = given.size() == read.size();
    for (int i = 0; same && i < given.size(); i++) {
      same =
          given.get(i).getClass() == read.get(i).getClass()
              && given.get(i).equalsBySdkFields(read.get(i));
    }
    return same;
  }

  private Method sync(Class<?>... further) throws ReflectiveOperationException {
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
      wrong =
          "the request was not read: " + e + " of " + exchange.method() + " " + exchange.rawPath();
    }
    WireProtocol protocol = WireProtocol.of(spoken);
    if (operation.eventsOut() != null) {
      var out = new ResponseEvents(exchange, Binding.of(operation), protocol, "the-request-id");
      out.respond((SdkResponse) answered);
      eventsOut.forEach(out::send);
      out.complete();
      return;
    }
    Answer answer = protocol.answer(Binding.of(operation), answered, "the-request-id");
    try (OutputStream out = exchange.respond(answer.status(), answer.headers())) {
      out.write(answer.body());
    }
  }

  private void read(HttpExchange exchange) throws IOException {
    Resolution resolution =
        ROUTER.resolve(
            exchange.method(), exchange.rawPath(), exchange.rawQuery(), exchange::header);
    boolean streams =
        switch (operation.streaming()) {
          case BLOB_IN, BLOB_BOTH, EVENTS_IN, EVENTS_BOTH -> true;
          case NONE, BLOB_OUT, EVENTS_OUT -> false;
        };
    byte[] body =
        streams ? null : Bodies.content(exchange, Bodies.sent(exchange, 1 << 24), 1 << 24);
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
    spoken = found.protocol();
    WireProtocol protocol = WireProtocol.of(spoken);
    SdkPojo builder =
        protocol.read(Binding.of(operation), new Incoming(exchange, found.labels(), body));
    EventReader in = null;
    if (operation.eventsIn() != null) {
      EventTypes types = EventTypes.of(operation.eventsIn());
      in =
          new EventReader(
              types, protocol.format(), new SignedFrames(exchange.body(), null), () -> {});
      if (protocol.initialEvent()) {
        in.initial(builder, Binding.of(operation).request());
      }
    }
    Object read = Shape.build(builder);
    if (!same(sent, read)) {
      wrong = "the request\n  " + sent + "\n  was read as\n  " + read;
    }
    if (in != null) {
      readEvents(in);
    } else if (body == null) {
      String got = new String(Bodies.stream(exchange, null).readAllBytes(), StandardCharsets.UTF_8);
      wrong = got.equals("the body") ? wrong : "the body was read as " + got;
    }
  }

  private void readEvents(EventReader in) {
    List<Object> read = new ArrayList<>();
    Object event;
    while ((event = in.next()) != null) {
      read.add(event);
    }
    if (!same(eventsIn, read)) {
      wrong = "the events\n  " + eventsIn + "\n  were read as\n  " + read;
    }
  }
}
