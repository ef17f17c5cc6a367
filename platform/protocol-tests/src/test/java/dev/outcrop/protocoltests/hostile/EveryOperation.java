package dev.outcrop.protocoltests.hostile;

import dev.outcrop.operations.Operation;
import dev.outcrop.operations.OperationIndex;
import dev.outcrop.operations.Service;
import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.EventSource;
import dev.outcrop.wire.shape.Builders;
import dev.outcrop.wire.shape.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodSignature;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.ResponseInputStream;

/**
 * Capabilities that take every operation there is, so that requests are read, checked and answered
 * in full. They read what streams in and answer with nothing set.
 */
public final class EveryOperation {
  private static final ClassDesc HERE = EveryOperation.class.describeConstable().orElseThrow();
  private static final ClassDesc STREAM =
      ResponseInputStream.class.describeConstable().orElseThrow();
  private static final ClassDesc INPUT = InputStream.class.describeConstable().orElseThrow();
  private static final ClassDesc SOURCE = EventSource.class.describeConstable().orElseThrow();
  private static final ClassDesc SINK = EventSink.class.describeConstable().orElseThrow();

  private EveryOperation() {}

  /** An object for each service, with a method for each of its operations. */
  static Object[] capabilities() {
    List<Object> made = new ArrayList<>();
    for (Service service : OperationIndex.get().services()) {
      made.add(capability(service));
    }
    return made.toArray();
  }

  private static Object capability(Service service) {
    String name = "Every_" + service.name().replace('-', '_');
    ClassDesc self = ClassDesc.of(EveryOperation.class.getPackageName(), name);
    byte[] code = ClassFile.of().build(self, type -> define(type, service));
    try {
      return MethodHandles.lookup().defineClass(code).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void define(ClassBuilder type, Service service) {
    type.withFlags(AccessFlag.PUBLIC, AccessFlag.SUPER);
    type.withMethodBody(
        ConstantDescs.INIT_NAME,
        ConstantDescs.MTD_void,
        ClassFile.ACC_PUBLIC,
        body ->
            body.aload(0)
                .invokespecial(
                    ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                .return_());
    OperationIndex.get().operations(service.name()).forEach(operation -> method(type, operation));
  }

  private static void method(ClassBuilder type, Operation operation) {
    ClassDesc response = ClassDesc.of(operation.responseClass());
    List<ClassDesc> parameters = new ArrayList<>(List.of(ClassDesc.of(operation.requestClass())));
    ClassDesc returned = response;
    switch (operation.streaming()) {
      case NONE -> {}
      case BLOB_IN -> parameters.add(INPUT);
      case BLOB_OUT -> returned = STREAM;
      case BLOB_BOTH -> {
        parameters.add(INPUT);
        returned = STREAM;
      }
      case EVENTS_IN -> parameters.add(SOURCE);
      case EVENTS_OUT -> {
        parameters.add(SINK);
        returned = ConstantDescs.CD_void;
      }
      case EVENTS_BOTH -> {
        parameters.addAll(List.of(SOURCE, SINK));
        returned = ConstantDescs.CD_void;
      }
    }
    MethodTypeDesc signature = MethodTypeDesc.of(returned, parameters);
    type.withMethod(
        operation.name(),
        signature,
        ClassFile.ACC_PUBLIC,
        method -> {
          if (signature.returnType().equals(STREAM)) {
            method.with(SignatureAttribute.of(generic(signature, response)));
          }
          method.withCode(body -> answer(body, operation, signature));
        });
  }

  private static MethodSignature generic(MethodTypeDesc signature, ClassDesc response) {
    String given = signature.descriptorString();
    String stream = STREAM.descriptorString();
    String result = stream.substring(0, stream.length() - 1) + "<" + response.descriptorString();
    return MethodSignature.parseFrom(given.substring(0, given.indexOf(')') + 1) + result + ">;");
  }

  private static void answer(CodeBuilder body, Operation operation, MethodTypeDesc signature) {
    if (signature.parameterCount() > 1) {
      body.aload(2);
    } else {
      body.aconst_null();
    }
    body.loadConstant(operation.responseClass());
    body.loadConstant(signature.returnType().equals(STREAM) ? 1 : 0);
    body.invokestatic(
        HERE,
        "answer",
        MethodTypeDesc.of(
            ConstantDescs.CD_Object,
            ConstantDescs.CD_Object,
            ConstantDescs.CD_String,
            ConstantDescs.CD_boolean));
    if (signature.returnType().equals(ConstantDescs.CD_void)) {
      body.pop().return_();
    } else {
      body.checkcast(signature.returnType()).areturn();
    }
  }

  /** What the generated methods do: reads the input, if it is one, and answers. */
  public static Object answer(Object in, String responseClass, boolean stream) throws IOException {
    if (in instanceof InputStream bytes) {
      bytes.transferTo(java.io.OutputStream.nullOutputStream());
    } else if (in instanceof EventSource<?> events) {
      while (events.next() != null) {
        // Each was read as an event of the operation.
      }
    }
    Object response = Shape.build(Builders.of(responseClass).get());
    return stream ? new ResponseInputStream<>(response, InputStream.nullInputStream()) : response;
  }
}
