package dev.outcrop.wire.protocol;

import dev.outcrop.operations.Operation;
import dev.outcrop.operations.OperationIndex;
import dev.outcrop.operations.Service;
import dev.outcrop.wire.rest.Parameters;
import dev.outcrop.wire.shape.Builders;
import dev.outcrop.wire.shape.Shape;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkPojo;

/** An operation with the SDK classes it is read into and written from, loaded at its first call. */
public final class Binding {
  private static final Map<String, Binding> KNOWN = new ConcurrentHashMap<>();

  private final Operation operation;
  private final Service service;
  private final Builders requests;
  private final Shape request;
  private final Shape response;
  private final Set<String> fixedQuery;

  private Binding(Operation operation) {
    this.operation = operation;
    this.service = OperationIndex.get().service(operation.service());
    this.requests = Builders.of(operation.requestClass());
    this.request = Shape.of(requests.get());
    this.response = Shape.of(Builders.of(operation.responseClass()).get());
    int query = operation.uri().indexOf('?');
    this.fixedQuery =
        query < 0
            ? Set.of()
            : Set.copyOf(Parameters.parse(operation.uri().substring(query + 1)).keySet());
  }

  public static Binding of(Operation operation) {
    Binding known = KNOWN.get(operation.id());
    return known != null
        ? known
        : KNOWN.computeIfAbsent(operation.id(), _ -> new Binding(operation));
  }

  /** Names of query parameters that are part of the operation's URI and no input. */
  public Set<String> fixedQuery() {
    return fixedQuery;
  }

  public Operation operation() {
    return operation;
  }

  public Service service() {
    return service;
  }

  public SdkPojo newRequest() {
    return requests.get();
  }

  /** Whether the response's body is a stream of bytes or events. */
  public boolean streamsOut() {
    return switch (operation.streaming()) {
      case BLOB_OUT, BLOB_BOTH, EVENTS_OUT, EVENTS_BOTH -> true;
      case NONE, BLOB_IN, EVENTS_IN -> false;
    };
  }

  public Shape request() {
    return request;
  }

  public Shape response() {
    return response;
  }
}
