package dev.outcrop.wire;

import dev.outcrop.operations.Operation;
import dev.outcrop.operations.Streaming;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.ResponseInputStream;

/** What the method of an operation looks like, by what the operation streams. */
final class Signatures {
  private Signatures() {}

  static boolean takesInput(Streaming streaming) {
    return switch (streaming) {
      case BLOB_IN, BLOB_BOTH, EVENTS_IN, EVENTS_BOTH -> true;
      case NONE, BLOB_OUT, EVENTS_OUT -> false;
    };
  }

  static boolean takesSink(Streaming streaming) {
    return streaming == Streaming.EVENTS_OUT || streaming == Streaming.EVENTS_BOTH;
  }

  static boolean takesEvents(Streaming streaming) {
    return streaming == Streaming.EVENTS_IN || streaming == Streaming.EVENTS_BOTH;
  }

  /** The declaration that the operation needs, or null where the method has it. */
  static String problem(Method method, Operation operation) {
    List<String> wanted = new ArrayList<>();
    for (Class<?> type : parameters(operation.streaming())) {
      wanted.add(type.getSimpleName());
    }
    boolean fits =
        List.of(method.getParameterTypes())
                .subList(1, method.getParameterCount())
                .equals(parameters(operation.streaming()))
            && returns(method.getGenericReturnType(), operation);
    return fits ? null : describe(operation, wanted);
  }

  private static List<Class<?>> parameters(Streaming streaming) {
    return switch (streaming) {
      case NONE, BLOB_OUT -> List.of();
      case BLOB_IN, BLOB_BOTH -> List.of(InputStream.class);
      case EVENTS_OUT -> List.of(EventSink.class);
      case EVENTS_IN -> List.of(EventSource.class);
      case EVENTS_BOTH -> List.of(EventSource.class, EventSink.class);
    };
  }

  private static boolean returns(Type type, Operation operation) {
    return switch (operation.streaming()) {
      case EVENTS_OUT, EVENTS_BOTH -> type == void.class;
      case BLOB_OUT, BLOB_BOTH ->
          type instanceof ParameterizedType stream
              && stream.getRawType() == ResponseInputStream.class
              && stream.getActualTypeArguments()[0].getTypeName().equals(operation.responseClass());
      case NONE, BLOB_IN, EVENTS_IN -> type.getTypeName().equals(operation.responseClass());
    };
  }

  private static String describe(Operation operation, List<String> wanted) {
    String response = simple(operation.responseClass());
    String returned =
        switch (operation.streaming()) {
          case EVENTS_OUT, EVENTS_BOTH -> "void";
          case BLOB_OUT, BLOB_BOTH -> "ResponseInputStream<" + response + ">";
          case NONE, BLOB_IN, EVENTS_IN -> response;
        };
    wanted.addFirst(simple(operation.requestClass()));
    return operation.id()
        + " must be declared as "
        + returned
        + " ("
        + String.join(", ", wanted)
        + ")";
  }

  private static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }
}
