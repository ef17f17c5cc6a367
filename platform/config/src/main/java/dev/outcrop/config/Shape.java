package dev.outcrop.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the settings records declare. */
sealed interface Shape {

  /** A record: a group of named settings. */
  record Section(Class<? extends Record> type, Map<String, Member> members) implements Shape {}

  /** Groups or values under names that the user chooses. */
  record Named(Shape value) implements Shape {}

  record Several(Scalar value) implements Shape {}

  record Perhaps(Shape value) implements Shape {}

  record Scalar(Class<?> type) implements Shape {}

  /** A component of a record. */
  record Member(Shape shape, Setting setting) {}

  static Section of(Class<? extends Record> type) {
    Map<String, Member> members = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Setting setting = component.getAnnotation(Setting.class);
      if (setting == null) {
        throw new IllegalArgumentException(
            "%s.%s has no @Setting".formatted(type.getName(), component.getName()));
      }
      members.put(
          Naming.key(component.getName()), new Member(of(component.getGenericType()), setting));
    }
    return new Section(type, members);
  }

  private static Shape of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == Optional.class) {
        return new Perhaps(of(arguments[0]));
      } else if (generic.getRawType() == Map.class && arguments[0] == String.class) {
        return new Named(of(arguments[1]));
      } else if (generic.getRawType() == List.class && of(arguments[0]) instanceof Scalar scalar) {
        return new Several(scalar);
      }
    } else if (type instanceof Class<?> plain) {
      if (plain.isRecord() && !Scalars.known(plain)) {
        return of(plain.asSubclass(Record.class));
      } else if (Scalars.known(plain)) {
        return new Scalar(plain);
      }
    }
    throw new IllegalArgumentException("Settings cannot have the type " + type.getTypeName());
  }

  /** All settings of a section, for documentation, in the order of declaration. */
  static List<Key> keys(Section section, String prefix) {
    List<Key> keys = new ArrayList<>();
    section.members().forEach((name, member) -> add(keys, prefix + name, member, member.shape()));
    return keys;
  }

  private static void add(List<Key> keys, String path, Member member, Shape shape) {
    Setting setting = member.setting();
    switch (shape) {
      case Section section -> keys.addAll(keys(section, path + "."));
      case Named named -> add(keys, path + ".<" + setting.key() + ">", member, named.value());
      case Perhaps perhaps when perhaps.value() instanceof Section section ->
          keys.addAll(keys(section, path + "."));
      case Perhaps perhaps -> keys.add(key(path, perhaps.value(), setting, false));
      case Several several -> keys.add(key(path, several, setting, false));
      case Scalar scalar -> keys.add(key(path, scalar, setting, setting.value().isEmpty()));
    }
  }

  private static Key key(String path, Shape shape, Setting setting, boolean required) {
    String type =
        switch (shape) {
          case Several several ->
              "a list, each " + Scalars.describe(several.value().type(), setting);
          case Scalar scalar -> Scalars.describe(scalar.type(), setting);
          default -> throw new IllegalArgumentException(path + " is not a single value");
        };
    return new Key(path, type, setting.value(), required, setting.doc());
  }
}
