package dev.outcrop.wire.client;

import dev.outcrop.operations.Operation;
import dev.outcrop.operations.OperationIndex;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.Invocation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;

/**
 * Serves one SDK client interface. The forms of an operation that the service's real client
 * implements are calls; everything else (consumers of builders, paginators, files) the interface
 * itself brings down to those.
 */
public final class LocalClient implements InvocationHandler {
  private final Class<? extends SdkClient> client;
  private final Invocation invocation;
  private final Map<Method, Form> forms = new ConcurrentHashMap<>();

  public LocalClient(Class<? extends SdkClient> client, Capabilities capabilities) {
    this.client = client;
    this.invocation = new Invocation(capabilities);
  }

  /** One method of the interface. */
  private interface Form {
    Object call(Object proxy, Object[] arguments) throws Throwable;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    Form form = forms.get(method);
    if (form == null) {
      form = find(method);
      forms.put(method, form);
    }
    return form.call(proxy, arguments);
  }

  private Form find(Method method) {
    Class<?>[] parameters = method.getParameterTypes();
    if (parameters.length == 0 || method.getDeclaringClass() == Object.class) {
      return plain(method);
    }
    Operation operation = operation(method, parameters[0]);
    if (operation == null) {
      return byDefault(method);
    }
    if (CompletableFuture.class.isAssignableFrom(method.getReturnType())) {
      AsyncCall call = AsyncCall.of(operation, parameters, invocation);
      return call == null ? byDefault(method) : (_, arguments) -> call.start(arguments);
    }
    SyncCall call = SyncCall.of(operation, parameters, invocation);
    return call == null ? byDefault(method) : (_, arguments) -> call.call(arguments);
  }

  private static Operation operation(Method method, Class<?> parameter) {
    if (!SdkRequest.class.isAssignableFrom(parameter)) {
      return null;
    }
    Operation operation = OperationIndex.get().byRequestClass(parameter);
    return operation != null && operation.name().equalsIgnoreCase(method.getName())
        ? operation
        : null;
  }

  private static Form byDefault(Method method) {
    return (proxy, arguments) -> InvocationHandler.invokeDefault(proxy, method, arguments);
  }

  private Form plain(Method method) {
    return switch (method.getName()) {
      case "serviceName" -> (_, _) -> client.getField("SERVICE_NAME").get(null);
      case "close" -> (_, _) -> null;
      case "waiter" -> (proxy, _) -> Waiters.of(method.getReturnType(), client, proxy);
      case "toString" -> (_, _) -> "local " + client.getSimpleName();
      case "hashCode" -> (proxy, _) -> System.identityHashCode(proxy);
      case "equals" -> (proxy, arguments) -> proxy == arguments[0];
      default -> byDefault(method);
    };
  }
}
