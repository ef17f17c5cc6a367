package dev.outcrop.protocoltests;

import dev.outcrop.protocoltests.Structures.Role;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.JsonValueTrait;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.PayloadTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.Trait;
import software.amazon.awssdk.core.traits.XmlAttributeTrait;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.shapes.ListShape;
import software.amazon.smithy.model.shapes.MapShape;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.traits.HttpHeaderTrait;
import software.amazon.smithy.model.traits.HttpPayloadTrait;
import software.amazon.smithy.model.traits.MediaTypeTrait;
import software.amazon.smithy.model.traits.XmlFlattenedTrait;
import software.amazon.smithy.model.traits.XmlNameTrait;

/** Describes members the way the SDK's code generator does. */
final class Fields {
  private final Model model;
  private final Suite suite;
  private final Structures structures;

  Fields(Model model, Suite suite, Structures structures) {
    this.model = model;
    this.suite = suite;
    this.structures = structures;
  }

  SdkField<?> of(MemberShape member, Role role) {
    return field(member, role);
  }

  @SuppressWarnings("unchecked")
  private SdkField<Object> field(MemberShape member, Role role) {
    Shape target = model.expectShape(member.getTarget());
    String name = member.getMemberName();
    SdkField.Builder<Object> field =
        SdkField.builder((MarshallingType<Object>) marshalling(target))
            .memberName(name)
            .getter(object -> ((ModelledObject) object).get(name))
            .setter((object, value) -> ((ModelledObject) object).set(name, value))
            .traits(traits(member, target, role).toArray(Trait[]::new));
    if (target.isStructureShape() || target.isUnionShape()) {
      field.constructor(() -> ShapeClasses.instance(structures.of(target, Role.NESTED)));
    }
    return field.build();
  }

  private List<Trait> traits(MemberShape member, Shape target, Role role) {
    List<Trait> traits = new ArrayList<>();
    traits.add(
        suite.rest() ? Locations.rest(member, target, suite, role) : Locations.body(member, suite));
    Timestamps.format(member, target).map(TimestampFormatTrait::create).ifPresent(traits::add);
    if (target instanceof ListShape list) {
      traits.add(list(member, list));
    } else if (target instanceof MapShape map) {
      traits.add(map(member, map));
    }
    if (suite.rest() && role != Role.NESTED) {
      if (member.hasTrait(HttpPayloadTrait.class)) {
        traits.add(PayloadTrait.create());
      }
      if (member.hasTrait(HttpHeaderTrait.class) && target.hasTrait(MediaTypeTrait.class)) {
        traits.add(JsonValueTrait.create());
      }
    }
    if (member.hasTrait(software.amazon.smithy.model.traits.XmlAttributeTrait.class)) {
      traits.add(XmlAttributeTrait.create());
    }
    return traits;
  }

  private ListTrait list(MemberShape member, ListShape list) {
    return ListTrait.builder()
        .memberLocationName(xmlName(list.getMember()))
        .memberFieldInfo(field(list.getMember(), Role.NESTED))
        .isFlattened(flat(member))
        .build();
  }

  private MapTrait map(MemberShape member, MapShape map) {
    String key = xmlName(map.getKey());
    String value = xmlName(map.getValue());
    return MapTrait.builder()
        .keyLocationName(key == null ? "key" : key)
        .valueLocationName(value == null ? "value" : value)
        .valueFieldInfo(field(map.getValue(), Role.NESTED))
        .isFlattened(flat(member))
        .build();
  }

  private boolean flat(MemberShape member) {
    return suite.xml() && member.hasTrait(XmlFlattenedTrait.class);
  }

  private String xmlName(MemberShape member) {
    return suite.xml()
        ? member.getTrait(XmlNameTrait.class).map(t -> t.getValue()).orElse(null)
        : null;
  }

  private static MarshallingType<?> marshalling(Shape shape) {
    return switch (shape.getType()) {
      case STRING, ENUM -> MarshallingType.STRING;
      case INTEGER, INT_ENUM -> MarshallingType.INTEGER;
      case LONG -> MarshallingType.LONG;
      case SHORT -> MarshallingType.SHORT;
      case BYTE -> MarshallingType.BYTE;
      case FLOAT -> MarshallingType.FLOAT;
      case DOUBLE -> MarshallingType.DOUBLE;
      case BIG_DECIMAL, BIG_INTEGER -> MarshallingType.BIG_DECIMAL;
      case BOOLEAN -> MarshallingType.BOOLEAN;
      case TIMESTAMP -> MarshallingType.INSTANT;
      case BLOB -> MarshallingType.SDK_BYTES;
      case DOCUMENT -> MarshallingType.DOCUMENT;
      case LIST, SET -> MarshallingType.LIST;
      case MAP -> MarshallingType.MAP;
      case STRUCTURE, UNION -> MarshallingType.SDK_POJO;
      default -> throw new IllegalArgumentException(shape.toString());
    };
  }
}
