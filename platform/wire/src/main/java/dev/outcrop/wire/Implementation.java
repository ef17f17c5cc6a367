package dev.outcrop.wire;

import dev.outcrop.operations.Operation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/** One operation and the capability's method that serves it. */
public final class Implementation {
  private static final MethodType UNIFORM =
      MethodType.methodType(Object.class, Object.class, Object.class, Object.class);

  private final Operation operation;
  private final Method method;
  private final MethodHandle handle;

  Implementation(Operation operation, Object capability, Method method) {
    this.operation = operation;
    this.method = method;
    this.handle = uniform(capability, method, operation);
  }

  // Every method becomes (request, in, out) → response; what it does not take is dropped.
  private static MethodHandle uniform(Object capability, Method method, Operation operation) {
    try {
      method.setAccessible(true);
      MethodHandle bound = MethodHandles.lookup().unreflect(method).bindTo(capability);
      List<Class<?>> unused = new ArrayList<>();
      boolean in = Signatures.takesInput(operation.streaming());
      boolean out = Signatures.takesSink(operation.streaming());
      if (!in) {
        bound = MethodHandles.dropArguments(bound, 1, Object.class);
      }
      if (!out) {
        unused.add(Object.class);
        bound = MethodHandles.dropArguments(bound, 2, unused);
      }
      return bound.asType(UNIFORM);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method + " cannot be called", e);
    }
  }

  public Operation operation() {
    return operation;
  }

  /** {@code Guardrails.createGuardrail}. */
  public String where() {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }

  /**
   * Calls the capability on the current thread.
   *
   * @param in an {@link java.io.InputStream} or {@link EventSource}, or null
   * @param out an {@link EventSink}, or null
   * @return the response, or null after an event stream
   */
  public Object call(Object request, Object in, Object out) throws Exception {
    try {
      return handle.invokeExact(request, in, out);
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new InvocationTargetException(e);
    }
  }
}
