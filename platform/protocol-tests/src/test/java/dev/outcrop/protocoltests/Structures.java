package dev.outcrop.protocoltests;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.traits.HttpPayloadTrait;
import software.amazon.smithy.model.traits.StreamingTrait;

/** The classes that the SDK would have for the structures of a model in one protocol. */
final class Structures {
  /** Where a structure is used: HTTP bindings hold only at the top. */
  enum Role {
    INPUT,
    OUTPUT,
    ERROR,
    NESTED
  }

  private record Key(Shape shape, Role role) {}

  private final Model model;
  private final Suite suite;
  private final Fields fields;
  private final Map<Key, Class<?>> classes = new HashMap<>();

  Structures(Model model, Suite suite) {
    this.model = model;
    this.suite = suite;
    this.fields = new Fields(model, suite, this);
  }

  Suite suite() {
    return suite;
  }

  /** The class of a structure or union. */
  Class<?> of(Shape shape, Role role) {
    Key key = new Key(shape, role);
    Class<?> known = classes.get(key);
    if (known == null) {
      String name =
          String.join("_", "Shape", suite.name(), role.name(), shape.getId().getNamespace())
              + "_"
              + shape.getId().getName();
      known = ShapeClasses.define(name.replace('.', '_'), () -> list(shape, role));
      classes.put(key, known);
    }
    return known;
  }

  private List<SdkField<?>> list(Shape shape, Role role) {
    List<SdkField<?>> found = new ArrayList<>();
    for (MemberShape member : shape.members()) {
      if (isField(member, role)) {
        found.add(fields.of(member, role));
      }
    }
    return List.copyOf(found);
  }

  /**
   * Whether the SDK has a field for the member: a stream of bytes is an argument of its own, and an
   * exception has its message beside the fields.
   */
  boolean isField(MemberShape member, Role role) {
    return !isStream(member)
        && !(role == Role.ERROR && member.getMemberName().equalsIgnoreCase("message"));
  }

  /** Whether the member is a stream of bytes that is the body. */
  boolean isStream(MemberShape member) {
    return suite.rest()
        && member.hasTrait(HttpPayloadTrait.class)
        && member.getMemberTrait(model, StreamingTrait.class).isPresent();
  }
}
