package dev.outcrop.wire;

import dev.outcrop.operations.Operation;
import dev.outcrop.operations.Protocol;
import dev.outcrop.operations.Resolution;
import dev.outcrop.operations.Streaming;
import dev.outcrop.wire.body.Bodies;
import dev.outcrop.wire.events.EventReader;
import dev.outcrop.wire.events.EventTypes;
import dev.outcrop.wire.events.ResponseEvents;
import dev.outcrop.wire.events.SignedFrames;
import dev.outcrop.wire.protocol.Answer;
import dev.outcrop.wire.protocol.Binding;
import dev.outcrop.wire.protocol.Failure;
import dev.outcrop.wire.protocol.Incoming;
import dev.outcrop.wire.protocol.WireProtocol;
import dev.outcrop.wire.shape.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/** One request on its way through an operation, and the answer back. */
final class Serving {
  private static final byte[] NOTHING = {};

  private final HttpExchange exchange;
  private final Resolution.Found found;
  private final Operation operation;
  private final Protocol protocol;
  private final WireProtocol wire;
  private final Invocation invocation;
  private final List<Interceptor> interceptors;
  private final String requestId;
  private final ClientWatch watch;
  private final Map<String, String> more = new LinkedHashMap<>();
  private ResponseEvents events;

  Serving(
      HttpExchange exchange,
      Resolution.Found found,
      Invocation invocation,
      List<Interceptor> interceptors,
      String requestId,
      ClientWatch watch) {
    this.exchange = exchange;
    this.found = found;
    this.operation = found.operation();
    this.protocol = found.protocol();
    this.wire = WireProtocol.of(protocol);
    this.invocation = invocation;
    this.interceptors = interceptors;
    this.requestId = requestId;
    this.watch = watch;
  }

  /**
   * Serves the request.
   *
   * @param known the body as sent, if it had to be read already
   */
  void run(byte[] known) throws Exception {
    Streaming streaming = operation.streaming();
    boolean streamsIn = Signatures.takesInput(streaming);
    byte[] sent = known != null || streamsIn ? known : Bodies.sent(exchange, Dispatcher.MAX_BODY);
    RequestContext context = admit(streamsIn ? null : sent);
    byte[] body = sent == null ? null : Bodies.content(exchange, sent, Dispatcher.MAX_BODY);
    Implementation implementation = invocation.find(operation);
    Binding binding = Binding.of(operation);
    Object in = input(binding, streamsIn ? signatures(context) : null);
    SdkRequest request = read(binding, body, in);
    invocation.validate(operation, request);
    if (Signatures.takesSink(streaming)) {
      events = new ResponseEvents(exchange, binding, wire, requestId);
    }
    Object answered = call(context, request, implementation, in);
    if (watch.left() && exchange.stopping() && cutShort()) {
      throw new ClientGoneException(null); // what was interrupted may pass for complete
    }
    answer(binding, answered);
  }

  /**
   * Whether the interrupt by the stop of the server may have taken something off what is answered.
   * One that is still there reached nothing: what was made is made, and its client has to hear so,
   * or it would have it made again.
   */
  private boolean cutShort() {
    return events != null || !Thread.interrupted();
  }

  private Object call(
      RequestContext context, SdkRequest request, Implementation implementation, Object in)
      throws Exception {
    try {
      return context.call(
          () -> ResponseHeaders.collect(more, () -> around(0, request, implementation, in)));
    } catch (IOException e) {
      if (in instanceof InputStream) {
        throw e; // most likely the client's end of the body
      }
      throw new UncheckedIOException(e); // the capability's own, of which the client has to hear
    }
  }

  private RequestContext admit(byte[] body) {
    RequestContext context = Contexts.of(exchange, requestId, operation);
    for (Interceptor interceptor : interceptors) {
      context = interceptor.admit(exchange, body, context);
    }
    return context;
  }

  private StreamSignatures signatures(RequestContext context) {
    for (Interceptor interceptor : interceptors) {
      StreamSignatures signatures = interceptor.signatures(exchange, context);
      if (signatures != null) {
        return signatures;
      }
    }
    return null;
  }

  private Object input(Binding binding, StreamSignatures signatures) throws IOException {
    if (Signatures.takesEvents(operation.streaming())) {
      EventTypes types = EventTypes.of(operation.eventsIn());
      SignedFrames frames = new SignedFrames(exchange.body(), signatures);
      return new EventReader(types, wire.format(), frames, this::beforeWaiting);
    }
    return Signatures.takesInput(operation.streaming())
        ? Bodies.stream(exchange, signatures)
        : null;
  }

  private void beforeWaiting() {
    if (events != null) {
      events.begin();
    }
  }

  private SdkRequest read(Binding binding, byte[] body, Object in) {
    SdkPojo builder = wire.read(binding, new Incoming(exchange, found.labels(), body));
    if (in instanceof EventReader events && wire.initialEvent()) {
      events.initial(builder, binding.request());
    }
    return (SdkRequest) Shape.build(builder);
  }

  private Object around(int next, SdkRequest request, Implementation implementation, Object in)
      throws Exception {
    return next == interceptors.size()
        ? implementation.call(request, in, events)
        : interceptors
            .get(next)
            .around(request, () -> around(next + 1, request, implementation, in));
  }

  private void answer(Binding binding, Object answered) throws IOException {
    if (events != null) {
      events.complete();
      return;
    }
    if (answered == null) {
      throw new IllegalStateException(operation.id() + " answered null");
    }
    if (answered instanceof ResponseInputStream<?> stream) {
      try (stream) {
        Answer head = wire.answer(binding, (SdkResponse) stream.response(), requestId);
        Answers.stream(exchange, head.with(more), stream, protocol, requestId);
      }
      return;
    }
    Answer answer = wire.answer(binding, (SdkPojo) answered, requestId);
    Answers.send(exchange, answer.with(more), protocol, requestId);
  }

  /** Answers an error: as an event, if the stream of them has begun. */
  void fail(Failure failure, Throwable thrown) throws IOException {
    if (!exchange.committed()) {
      Binding binding = Binding.of(operation);
      Answer answer = wire.error(binding.service(), failure, requestId);
      if (exchange.method().equals("HEAD")) {
        answer = new Answer(answer.status(), answer.headers(), NOTHING);
      }
      Answers.send(exchange, answer, protocol, requestId);
    } else if (events != null) {
      events.fail(failure, thrown);
    } else {
      exchange.abort();
    }
  }
}
