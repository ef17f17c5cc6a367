package dev.outcrop.wire.shape;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;

/** Makes builders of an SDK class that is known by name only. */
public final class Builders implements Supplier<SdkPojo> {
  private final MethodHandle builder;

  private Builders(MethodHandle builder) {
    this.builder = builder.asType(MethodType.methodType(SdkPojo.class));
  }

  /** The builders of a model class. */
  public static Builders of(String className) {
    return of(className, "builder");
  }

  /** The builders that a static method without parameters makes. */
  public static Builders of(String className, String factory) {
    try {
      Method method = Class.forName(className).getMethod(factory);
      return new Builders(MethodHandles.publicLookup().unreflect(method));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "The operation index does not fit the SDK on the class path: " + className, e);
    }
  }

  @Override
  public SdkPojo get() {
    try {
      return (SdkPojo) builder.invokeExact();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
