package dev.outcrop.operations;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.traits.DefaultValueTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** One walk over a request, collecting what is wrong until there is enough for a message. */
final class RequestCheck {
  private static final int MOST_VIOLATIONS = 10;
  private static final Map<Class<?>, Map<String, SdkField<?>>> FIELDS = new ConcurrentHashMap<>();

  private final ConstraintTable.OfService types;
  private final List<Violation> violations = new ArrayList<>(0);

  RequestCheck(ConstraintTable.OfService types) {
    this.types = types;
  }

  List<Violation> violations() {
    return violations;
  }

  /** Checks a value that is there. */
  void value(int number, Object value, String path) {
    if (number < 0 || violations.size() >= MOST_VIOLATIONS) return;
    ShapeType type = types.type(number);
    switch (type) {
      case ShapeType.Structure structure when value instanceof SdkPojo pojo ->
          structure(structure, pojo, path);
      case ShapeType.Sequence sequence when value instanceof List<?> list ->
          sequence(sequence, list, path);
      case ShapeType.Mapping mapping when value instanceof Map<?, ?> map ->
          mapping(mapping, map, path);
      default -> {
        boolean secret = secret(type);
        for (String broken : ScalarCheck.broken(type, value)) add(path, value, secret, broken);
      }
    }
  }

  private void structure(ShapeType.Structure type, SdkPojo pojo, String path) {
    Map<String, SdkField<?>> fields = fields(pojo);
    int present = 0;
    for (ShapeType.Member member : type.members()) {
      SdkField<?> field = fields.get(member.name());
      // A member newer than the SDK's class never arrives.
      if (field == null) continue;
      Object value = given(field, pojo);
      if (absent(value)) {
        if (member.required()) add(at(path, member), null, false, "Member must not be null");
      } else {
        present++;
        if (member.type() >= 0) value(member.type(), value, at(path, member));
      }
    }
    if (type.union() && present != 1) {
      add(path, pojo, false, "Member must have exactly one of: " + names(type, fields));
    }
  }

  private void sequence(ShapeType.Sequence type, List<?> list, String path) {
    size(type.min(), type.max(), list.size(), list, path);
    if (type.member() < 0) return;
    boolean scalar = scalar(types.type(type.member()));
    for (int i = 0; i < list.size() && violations.size() < MOST_VIOLATIONS; i++) {
      Object member = list.get(i);
      if (member == null) {
        add(path + "." + (i + 1) + ".member", null, false, "Member must not be null");
      } else if (!scalar) {
        value(type.member(), member, path + "." + (i + 1) + ".member");
      } else if (brokenInside("Member", type.member(), member, list, path)) {
        return;
      }
    }
  }

  private void mapping(ShapeType.Mapping type, Map<?, ?> map, String path) {
    size(type.min(), type.max(), map.size(), map, path);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (violations.size() >= MOST_VIOLATIONS) return;
      if (brokenInside("Map keys", type.key(), entry.getKey(), map, path)) return;
      if (type.value() < 0 || entry.getValue() == null) continue;
      if (!scalar(types.type(type.value()))) {
        value(type.value(), entry.getValue(), path + "." + entry.getKey() + ".member");
      } else if (brokenInside("Map value", type.value(), entry.getValue(), map, path)) {
        return;
      }
    }
  }

  /** Scalars in a collection are reported with the collection, and with all that is demanded. */
  private boolean brokenInside(String who, int number, Object value, Object all, String path) {
    if (number < 0) return false;
    ShapeType type = types.type(number);
    if (ScalarCheck.broken(type, value).isEmpty()) return false;
    add(path, all, secret(type), who + " must satisfy constraint: " + ScalarCheck.demands(type));
    return true;
  }

  private void size(Long min, Long max, int size, Object value, String path) {
    List<String> broken = new ArrayList<>(0);
    ScalarCheck.length(min, max, size, broken);
    for (String each : broken) add(path, value, false, each);
  }

  private void add(String path, Object value, boolean secret, String constraint) {
    String shown = value == null || secret ? null : value.toString();
    violations.add(new Violation(path, shown, secret, constraint));
  }

  private static boolean secret(ShapeType type) {
    return type instanceof ShapeType.Text text && text.secret();
  }

  private static boolean scalar(ShapeType type) {
    return type instanceof ShapeType.Text || type instanceof ShapeType.Numeric;
  }

  /**
   * The value as the caller sent it: without the idempotency token that the field would make up.
   */
  private static Object given(SdkField<?> field, SdkPojo pojo) {
    return pojo instanceof SdkRequest request && field.containsTrait(DefaultValueTrait.class)
        ? request.getValueForField(field.memberName(), Object.class).orElse(null)
        : field.getValueOrDefault(pojo);
  }

  private static boolean absent(Object value) {
    return value == null
        || value instanceof SdkAutoConstructList
        || value instanceof SdkAutoConstructMap;
  }

  private static String at(String path, ShapeType.Member member) {
    String name = Character.toLowerCase(member.name().charAt(0)) + member.name().substring(1);
    return path.isEmpty() ? name : path + "." + name;
  }

  private static List<String> names(ShapeType.Structure type, Map<String, SdkField<?>> fields) {
    return type.members().stream().map(ShapeType.Member::name).filter(fields::containsKey).toList();
  }

  private static Map<String, SdkField<?>> fields(SdkPojo pojo) {
    return FIELDS.computeIfAbsent(pojo.getClass(), type -> byName(pojo));
  }

  /** Fields by model name; the few that the SDK renamed are found by their name on the wire. */
  static Map<String, SdkField<?>> byName(SdkPojo pojo) {
    Map<String, SdkField<?>> fields = new HashMap<>();
    for (SdkField<?> field : pojo.sdkFields()) fields.put(field.memberName(), field);
    for (SdkField<?> field : pojo.sdkFields()) fields.putIfAbsent(field.locationName(), field);
    return fields;
  }
}
