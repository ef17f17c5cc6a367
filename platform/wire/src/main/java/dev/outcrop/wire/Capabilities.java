package dev.outcrop.wire;

import dev.outcrop.operations.Operation;
import dev.outcrop.operations.OperationIndex;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkRequest;

/**
 * The operations that are implemented, found in plain objects: every public method whose first
 * parameter is an SDK request serves that request's operation.
 *
 * <pre>{@code
 * XResponse x(XRequest request)                                        one message each way
 * XResponse x(XRequest request, InputStream body)                      bytes in (PutObject)
 * ResponseInputStream<XResponse> x(XRequest request)                   bytes out (GetObject)
 * void x(XRequest request, EventSink<XOutput> events)                  events out (ConverseStream)
 * XResponse x(XRequest request, EventSource<XInput> events)            events in
 * void x(XRequest request, EventSource<XInput> in, EventSink<XOutput> out)   events both ways
 * }</pre>
 */
public final class Capabilities {
  private final Map<String, Implementation> byId = new TreeMap<>();

  private Capabilities() {}

  /**
   * Finds the operations of the given objects.
   *
   * @throws IllegalArgumentException naming every public method that takes an SDK request but is
   *     not a known operation, is declared wrongly, or serves an operation another one serves
   */
  public static Capabilities of(Object... capabilities) {
    Capabilities found = new Capabilities();
    List<String> problems = new ArrayList<>();
    for (Object capability : capabilities) {
      for (Method method : capability.getClass().getMethods()) {
        if (isOperation(method)) {
          found.add(capability, method, problems);
        }
      }
    }
    if (!problems.isEmpty()) {
      Collections.sort(problems);
      throw new IllegalArgumentException(
          "Capabilities are declared wrongly:\n  " + String.join("\n  ", problems));
    }
    return found;
  }

  private static boolean isOperation(Method method) {
    return method.getParameterCount() > 0
        && SdkRequest.class.isAssignableFrom(method.getParameterTypes()[0])
        && !Modifier.isStatic(method.getModifiers())
        && !method.isBridge();
  }

  private void add(Object capability, Method method, List<String> problems) {
    String where = method.getDeclaringClass().getSimpleName() + "." + method.getName();
    Operation operation = OperationIndex.get().byRequestClass(method.getParameterTypes()[0]);
    if (operation == null) {
      problems.add(
          where + ": no operation of a known service takes " + method.getParameterTypes()[0]);
      return;
    }
    String problem = Signatures.problem(method, operation);
    if (problem != null) {
      problems.add(where + ": " + problem);
      return;
    }
    Implementation before =
        byId.putIfAbsent(operation.id(), new Implementation(operation, capability, method));
    if (before != null) {
      problems.add(where + ": " + operation.id() + " is also served by " + before.where());
    }
  }

  /** What serves the operation, or null. */
  public Implementation find(Operation operation) {
    return byId.get(operation.id());
  }

  /** Everything implemented, in the order of {@link Operation#id()}. */
  public Collection<Implementation> implemented() {
    return Collections.unmodifiableCollection(byId.values());
  }
}
