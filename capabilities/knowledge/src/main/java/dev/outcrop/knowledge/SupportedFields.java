package dev.outcrop.knowledge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/**
 * Refuses requests that set a member Outcrop does not honour, so that nothing a client asks for is
 * passed over in silence. What is honoured stands in {@code supported-fields.txt}: {@code + path}
 * for a member that is, {@code - path} for one that is not, with all below it. A member that is not
 * listed at all is refused too.
 */
final class SupportedFields {
  private static final Map<String, SupportedFields> REQUESTS = load();

  private final Set<String> honoured = new HashSet<>();
  private final List<String> refused = new ArrayList<>();

  private SupportedFields() {}

  /**
   * Checks every member that the request sets.
   *
   * @param refusal makes the service's ValidationException
   */
  static void check(SdkPojo request, Function<String, RuntimeException> refusal) {
    SupportedFields fields = REQUESTS.get(request.getClass().getSimpleName());
    if (fields == null) {
      throw new IllegalStateException(request.getClass() + " is not in supported-fields.txt");
    }
    fields.structure("", request, refusal);
  }

  static Map<String, SupportedFields> requests() {
    return REQUESTS;
  }

  Set<String> honoured() {
    return honoured;
  }

  List<String> refused() {
    return refused;
  }

  private void structure(String prefix, SdkPojo pojo, Function<String, RuntimeException> refusal) {
    for (SdkField<?> field : pojo.sdkFields()) {
      value(prefix + lowerFirst(field.memberName()), field.getValueOrDefault(pojo), refusal);
    }
  }

  private void value(String path, Object value, Function<String, RuntimeException> refusal) {
    if (value == null
        || value instanceof SdkAutoConstructList<?>
        || value instanceof SdkAutoConstructMap<?, ?>) {
      return;
    }
    if (refused.contains(canonical(path))) {
      throw refusal.apply(path + " is not supported by Outcrop yet; leave it out.");
    }
    if (value instanceof SdkPojo structure) {
      structure(path + ".", structure, refusal);
    } else if (value instanceof List<?> list && list.stream().anyMatch(SdkPojo.class::isInstance)) {
      list.forEach(member -> value(path + "[]", member, refusal));
    } else if (!honoured.contains(canonical(path))) {
      throw refusal.apply(path + " is not supported by Outcrop yet; leave it out.");
    }
  }

  /** Filters hold filters to any depth: their members are listed once. */
  static String canonical(String path) {
    return path.replaceAll("\\.(andAll|orAll)\\[\\]", "");
  }

  private static String lowerFirst(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private static Map<String, SupportedFields> load() {
    Map<String, SupportedFields> requests = new HashMap<>();
    try (InputStream in = SupportedFields.class.getResourceAsStream("supported-fields.txt")) {
      SupportedFields current = null;
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (line.startsWith("+ ") && current != null) {
          current.honoured.addAll(List.of(line.substring(2).split(" ")));
        } else if (line.startsWith("- ") && current != null) {
          current.refused.addAll(List.of(line.substring(2).split(" ")));
        } else if (!line.isBlank() && !line.startsWith("#")) {
          current = requests.computeIfAbsent(line.strip(), name -> new SupportedFields());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return requests;
  }
}
