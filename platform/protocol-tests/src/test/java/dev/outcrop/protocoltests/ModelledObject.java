package dev.outcrop.protocoltests;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * An object of a Smithy structure, as an SDK class generated from it would describe itself. It is
 * its own builder. Every structure has a subclass, because the codec knows shapes by their classes.
 */
public class ModelledObject implements SdkPojo {
  private final Map<String, Object> values = new LinkedHashMap<>();

  @Override
  public List<SdkField<?>> sdkFields() {
    return ShapeClasses.fields(getClass());
  }

  @Override
  public boolean equalsBySdkFields(Object other) {
    return equals(other);
  }

  Object get(String member) {
    return values.get(member);
  }

  void set(String member, Object value) {
    if (value == null) {
      values.remove(member);
    } else {
      values.put(member, value);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelledObject object
        && getClass() == other.getClass()
        && values.equals(object.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
