package dev.outcrop.wire.shape;

import com.fasterxml.jackson.core.io.SerializedString;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.DefaultValueTrait;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.PayloadTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.XmlAttributeTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/**
 * One member of a {@link Shape}, with everything the codecs ask of it looked up once. The elements
 * of a list and the values of a map are members too.
 */
public final class Member {
  private final SdkField<Object> field;
  private final MarshallingKnownType type;
  private final SerializedString stored;
  private final SerializedString written;
  private final TimestampFormatTrait.Format format;
  private final ListTrait list;
  private final MapTrait map;
  private final Member element;
  private final boolean payload;
  private final boolean attribute;
  private final boolean defaulted;
  private volatile Shape shape;

  @SuppressWarnings("unchecked")
  Member(SdkField<?> field) {
    this.field = (SdkField<Object>) field;
    this.type = field.marshallingType().getKnownType();
    this.stored = new SerializedString(Optional.ofNullable(field.memberName()).orElse(""));
    this.written =
        new SerializedString(Optional.ofNullable(field.unmarshallLocationName()).orElse(""));
    this.format =
        field
            .getOptionalTrait(TimestampFormatTrait.class)
            .map(TimestampFormatTrait::format)
            .orElse(null);
    this.list = field.getTrait(ListTrait.class);
    this.map = field.getTrait(MapTrait.class);
    this.element = elementOf(list, map);
    this.payload = field.containsTrait(PayloadTrait.class);
    this.attribute = field.containsTrait(XmlAttributeTrait.class);
    this.defaulted = field.containsTrait(DefaultValueTrait.class);
  }

  private static Member elementOf(ListTrait list, MapTrait map) {
    if (list != null) {
      return new Member(list.memberFieldInfo());
    }
    return map == null ? null : new Member(map.valueFieldInfo());
  }

  public MarshallingKnownType type() {
    return type;
  }

  public MarshallLocation location() {
    return field.location();
  }

  /** The member's name in the SDK and the service model. */
  public String name() {
    return field.memberName();
  }

  /** The name it has in requests. */
  public String readName() {
    return field.locationName();
  }

  /** The name it has in responses. */
  public SerializedString writeName() {
    return written;
  }

  /** The name it has in stored JSON. */
  public SerializedString storedName() {
    return stored;
  }

  /** The timestamp format the model fixes, or null where the protocol's default holds. */
  public TimestampFormatTrait.Format format() {
    return format;
  }

  /** A list's elements or a map's values. */
  public Member element() {
    return element;
  }

  public ListTrait list() {
    return list;
  }

  public MapTrait map() {
    return map;
  }

  /** Whether the member is the whole body. */
  public boolean payload() {
    return payload;
  }

  public boolean attribute() {
    return attribute;
  }

  public SdkField<?> field() {
    return field;
  }

  /** The shape of a structure member; found at first use, because shapes may be recursive. */
  public Shape shape() {
    Shape known = shape;
    if (known == null) {
      Supplier<SdkPojo> constructor = field.constructor();
      shape = known = Shape.of(constructor.get());
    }
    return known;
  }

  public SdkPojo newBuilder() {
    return field.constructor().get();
  }

  /** The member's value, or null when it was never set. */
  public Object get(SdkPojo pojo) {
    Object value = defaulted ? withoutDefault(pojo) : field.getValueOrDefault(pojo);
    return value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap
        ? null
        : value;
  }

  // An unset idempotency token must stay unset: getValueOrDefault would invent one.
  private Object withoutDefault(SdkPojo pojo) {
    return pojo instanceof SdkRequest request
        ? request.getValueForField(field.memberName(), Object.class).orElse(null)
        : field.getValueOrDefault(pojo);
  }

  public void set(SdkPojo builder, Object value) {
    field.set(builder, value);
  }
}
