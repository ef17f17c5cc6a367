package dev.outcrop.wire.client;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** The SDK's waiters, polling a local client. */
final class Waiters {
  private Waiters() {}

  static Object of(Class<?> waiter, Class<?> client, Object proxy) throws Throwable {
    try {
      Object builder = waiter.getMethod("builder").invoke(null);
      Method build = waiter.getMethod("builder").getReturnType().getMethod("build");
      Method with = waiter.getMethod("builder").getReturnType().getMethod("client", client);
      build.setAccessible(true);
      with.setAccessible(true);
      return build.invoke(with.invoke(builder, proxy));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
