package dev.outcrop.protocoltests;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Makes the classes of structures while the tests run. They have what the codec asks of an SDK
 * class: a name, a static {@code builder()}, and fields.
 */
final class ShapeClasses {
  private static final ClassDesc OBJECT = ModelledObject.class.describeConstable().orElseThrow();
  private static final Map<Class<?>, Supplier<List<SdkField<?>>>> SOURCES =
      new ConcurrentHashMap<>();
  private static final Map<Class<?>, List<SdkField<?>>> FIELDS = new HashMap<>();

  private ShapeClasses() {}

  /**
   * Defines a class.
   *
   * @param simpleName its name in this package
   * @param fields its fields, asked for at first use since shapes may be recursive
   */
  static Class<?> define(String simpleName, Supplier<List<SdkField<?>>> fields) {
    ClassDesc self = ClassDesc.of(ModelledObject.class.getPackageName(), simpleName);
    var nothing = ConstantDescs.MTD_void;
    byte[] code =
        ClassFile.of()
            .build(
                self,
                type ->
                    type.withFlags(AccessFlag.PUBLIC, AccessFlag.SUPER)
                        .withSuperclass(OBJECT)
                        .withMethodBody(
                            ConstantDescs.INIT_NAME,
                            nothing,
                            ClassFile.ACC_PUBLIC,
                            body ->
                                body.aload(0)
                                    .invokespecial(OBJECT, ConstantDescs.INIT_NAME, nothing)
                                    .return_())
                        .withMethodBody(
                            "builder",
                            MethodTypeDesc.of(self),
                            ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                            body ->
                                body.new_(self)
                                    .dup()
                                    .invokespecial(self, ConstantDescs.INIT_NAME, nothing)
                                    .areturn()));
    try {
      Class<?> defined = MethodHandles.lookup().defineClass(code);
      SOURCES.put(defined, fields);
      return defined;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  static synchronized List<SdkField<?>> fields(Class<?> type) {
    List<SdkField<?>> known = FIELDS.get(type);
    if (known == null) {
      known = SOURCES.get(type).get();
      FIELDS.put(type, known);
    }
    return known;
  }

  static SdkPojo instance(Class<?> type) {
    try {
      return (SdkPojo) type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
