package dev.outcrop.operations.generate;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.JarURLConnection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import software.amazon.awssdk.protocols.core.OperationInfo;

/** One service as the SDK's classes tell it. */
final class SdkService {
  final String packageName;
  final ClientCode code = new ClientCode();
  private final List<String> marshallers = new ArrayList<>();
  private final Map<String, List<Method>> methods = new TreeMap<>();

  SdkService(String sdkPackage) throws IOException, ReflectiveOperationException {
    packageName = "software.amazon.awssdk.services." + sdkPackage;
    String folder = packageName.replace('.', '/') + "/";
    var url = SdkService.class.getClassLoader().getResource(folder);
    if (url == null) throw new IOException("No SDK classes in " + folder);
    var jar = ((JarURLConnection) url.openConnection()).getJarFile();
    for (JarEntry entry : jar.stream().toList()) {
      if (entry.getName().startsWith(folder)) {
        read(entry.getName().substring(folder.length()), jar.getInputStream(entry));
      }
    }
  }

  private void read(String file, InputStream content)
      throws IOException, ReflectiveOperationException {
    if (file.startsWith("transform/") && file.endsWith("RequestMarshaller.class")) {
      marshallers.add(file.substring("transform/".length(), file.length() - ".class".length()));
    } else if (file.matches("Default\\w+Client\\.class")) {
      code.read(content);
      String name = file.substring("Default".length(), file.length() - ".class".length());
      Class<?> client = Class.forName(packageName + "." + name, false, loader());
      for (Method method : client.getMethods()) {
        if (method.getParameterCount() > 0) {
          String request = method.getParameterTypes()[0].getSimpleName();
          methods.computeIfAbsent(request, key -> new ArrayList<>()).add(method);
        }
      }
    }
  }

  List<String> marshallers() {
    return marshallers.stream().sorted().toList();
  }

  /** The client methods that take the request, of the blocking and the asynchronous client. */
  List<Method> methodsTaking(String requestSimpleName) {
    return methods.getOrDefault(requestSimpleName, List.of());
  }

  OperationInfo binding(String marshaller) throws ReflectiveOperationException {
    Class<?> type = Class.forName(packageName + ".transform." + marshaller);
    Field field =
        Arrays.stream(type.getDeclaredFields())
            .filter(f -> f.getType() == OperationInfo.class)
            .findFirst()
            .orElseThrow(() -> new NoSuchFieldException("operation binding in " + type));
    field.setAccessible(true);
    return (OperationInfo) field.get(null);
  }

  boolean hasModel(String simpleName) {
    String file = (packageName + ".model." + simpleName).replace('.', '/') + ".class";
    return loader().getResource(file) != null;
  }

  private static ClassLoader loader() {
    return SdkService.class.getClassLoader();
  }
}
