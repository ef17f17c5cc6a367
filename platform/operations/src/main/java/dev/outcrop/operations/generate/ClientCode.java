package dev.outcrop.operations.generate;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.Map;
import java.util.TreeMap;

/**
 * What only the code of a generated {@code Default…Client} says: the wire name of each operation
 * and the errors with their statuses. It is read as bytecode, since running it takes a client per
 * service with credentials and an HTTP stack.
 */
final class ClientCode {

  /** An error's status, 0 where unknown, and its exception class. */
  record Failure(int status, String exceptionClass) {}

  /** Operation names by the simple name of their request marshaller. */
  final Map<String, String> operations = new TreeMap<>();

  final Map<String, Failure> failures = new TreeMap<>();

  void read(InputStream classFile) throws IOException {
    for (MethodModel method : ClassFile.of().parse(classFile.readAllBytes()).methods()) {
      method.code().ifPresent(code -> new Reader().read(code));
    }
  }

  /**
   * Follows the constants on their way into builder calls, in the order the compiler wrote them.
   */
  private final class Reader {
    private String text;
    private int number;
    private String operation;
    private String code;
    private int status;
    private String exception;

    void read(CodeModel body) {
      for (CodeElement element : body) {
        switch (element) {
          case ConstantInstruction c when c.constantValue() instanceof String s -> text = s;
          case ConstantInstruction c when c.constantValue() instanceof Integer i -> number = i;
          case InvokeDynamicInstruction i when code != null -> exception = supplied(i);
          case NewObjectInstruction n -> marshaller(n.className().asInternalName());
          case InvokeInstruction i -> call(i.owner().asInternalName(), i.name().stringValue());
          default -> {}
        }
      }
    }

    private String supplied(InvokeDynamicInstruction call) {
      for (Object argument : call.bootstrapArgs()) {
        if (argument instanceof DirectMethodHandleDesc handle) {
          return handle.owner().packageName() + "." + handle.owner().displayName();
        }
      }
      return exception;
    }

    private void marshaller(String type) {
      if (operation != null && type.endsWith("RequestMarshaller")) {
        operations.put(type.substring(type.lastIndexOf('/') + 1), operation);
      }
    }

    private void call(String owner, String name) {
      if (name.equals("withOperationName")) operation = text;
      if (!owner.endsWith("/ExceptionMetadata$Builder")) return;
      switch (name) {
        case "errorCode" -> code = text;
        case "httpStatusCode" -> status = number;
        case "build" -> {
          failures.put(code, new Failure(status, exception));
          code = null;
          status = 0;
        }
        default -> {}
      }
    }
  }
}
