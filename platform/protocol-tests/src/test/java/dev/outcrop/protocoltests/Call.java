package dev.outcrop.protocoltests;

import dev.outcrop.operations.Operation;
import dev.outcrop.operations.Streaming;
import dev.outcrop.protocoltests.Structures.Role;
import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.protocol.Binding;
import dev.outcrop.wire.protocol.Incoming;
import dev.outcrop.wire.protocol.WireProtocol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.pattern.SmithyPattern.Segment;
import software.amazon.smithy.model.shapes.OperationShape;
import software.amazon.smithy.model.shapes.ServiceShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.traits.HttpTrait;

/** One operation of a model, bound to the codec the way an operation of the SDK is. */
final class Call {
  private final Suite suite;
  private final Structures structures;
  private final Values values;
  private final Shape input;
  private final Shape output;
  private final HttpTrait http;
  private final Binding binding;

  Call(Model model, Structures structures, ServiceShape service, OperationShape shape) {
    this.suite = structures.suite();
    this.structures = structures;
    this.values = new Values(model, structures);
    this.input = model.expectShape(shape.getInputShape());
    this.output = model.expectShape(shape.getOutputShape());
    this.http = suite.rest() ? shape.expectTrait(HttpTrait.class) : null;
    this.binding = Binding.of(operation(service, shape));
  }

  private Operation operation(ServiceShape service, OperationShape shape) {
    return new Operation(
        "smithy:" + suite + ":" + service.getId(),
        shape.getId().getName(),
        suite.protocol(),
        List.of(suite.protocol()),
        http == null ? "POST" : http.getMethod(),
        http == null ? "/" : http.getUri().toString(),
        null,
        http == null ? 200 : http.getCode(),
        streaming(),
        "test",
        service.getVersion(),
        structures.of(input, Role.INPUT).getName(),
        structures.of(output, Role.OUTPUT).getName(),
        List.of(),
        List.of(),
        null,
        null);
  }

  private Streaming streaming() {
    boolean in = streams(input);
    boolean out = streams(output);
    return in && out
        ? Streaming.BLOB_BOTH
        : in ? Streaming.BLOB_IN : out ? Streaming.BLOB_OUT : Streaming.NONE;
  }

  private boolean streams(Shape shape) {
    return shape.members().stream().anyMatch(structures::isStream);
  }

  Suite suite() {
    return suite;
  }

  Values values() {
    return values;
  }

  Shape input() {
    return input;
  }

  Shape output() {
    return output;
  }

  Binding binding() {
    return binding;
  }

  WireProtocol wire() {
    return WireProtocol.of(suite.protocol());
  }

  SdkPojo read(HttpExchange exchange, byte[] body) {
    return wire()
        .read(
            binding,
            new Incoming(exchange, labels(exchange.rawPath()), streams(input) ? null : body));
  }

  // The router's work, which knows the SDK's operations only.
  private Map<String, String> labels(String path) {
    Map<String, String> labels = new HashMap<>();
    if (http == null) {
      return labels;
    }
    List<Segment> segments = http.getUri().getSegments();
    String[] parts = path.substring(1).split("/", -1);
    int after = parts.length - segments.size();
    int at = 0;
    for (Segment segment : segments) {
      int count = segment.isGreedyLabel() ? after + 1 : 1;
      if (segment.isLabel()) {
        labels.put(segment.getContent(), String.join("/", List.of(parts).subList(at, at + count)));
      }
      at += count;
    }
    return labels;
  }
}
