package dev.outcrop.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** The table comes from botocore and the classes from the SDK for Java: they must mean the same. */
class ConstraintAgreementTest {
  private final Set<String> missing = new TreeSet<>();
  private int members;

  @Test
  void everyConstrainedMemberIsInItsClass() throws Exception {
    int operations = 0;
    for (Service service : OperationIndex.get().services()) {
      ConstraintTable.OfService types = Constraints.table().service(service.name());
      Set<Integer> seen = new HashSet<>();
      for (Operation operation : OperationIndex.get().operations(service.name())) {
        int input = types.input(operation.name());
        if (input < 0) continue;
        operations++;
        walk(types, input, request(operation), service.name() + ":" + operation.name(), seen);
      }
    }
    assertThat(operations).isGreaterThan(2_000);
    assertThat(members).isGreaterThan(10_000);
    assertThat(missing)
        .as("members that the table knows and this version of the SDK does not; see the list")
        .isEqualTo(known());
  }

  /** Named one by one, so that a member that goes missing for another reason is noticed. */
  private static Set<String> known() throws Exception {
    try (var in = ConstraintAgreementTest.class.getResourceAsStream("newer-than-the-sdk.txt")) {
      return new TreeSet<>(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }

  private static SdkPojo request(Operation operation) throws Exception {
    return (SdkPojo) Class.forName(operation.requestClass()).getMethod("builder").invoke(null);
  }

  private void walk(
      ConstraintTable.OfService types, int number, SdkPojo pojo, String path, Set<Integer> seen) {
    if (!seen.add(number) || !(types.type(number) instanceof ShapeType.Structure structure)) return;
    Map<String, SdkField<?>> fields = RequestCheck.byName(pojo);
    for (ShapeType.Member member : structure.members()) {
      members++;
      SdkField<?> field = fields.get(member.name());
      String at = path + "." + member.name();
      if (field == null) missing.add(at);
      else if (member.type() >= 0) value(types, member.type(), field, at, seen);
    }
  }

  private void value(
      ConstraintTable.OfService types,
      int number,
      SdkField<?> field,
      String at,
      Set<Integer> seen) {
    boolean agree =
        switch (types.type(number)) {
          case ShapeType.Structure s -> field.marshallingType() == MarshallingType.SDK_POJO;
          case ShapeType.Sequence s -> field.marshallingType() == MarshallingType.LIST;
          case ShapeType.Mapping m -> field.marshallingType() == MarshallingType.MAP;
          case ShapeType.Text t ->
              field.marshallingType() == MarshallingType.STRING
                  || field.marshallingType() == MarshallingType.SDK_BYTES;
          case ShapeType.Numeric n ->
              Set.of(
                      MarshallingType.INTEGER,
                      MarshallingType.LONG,
                      MarshallingType.FLOAT,
                      MarshallingType.DOUBLE)
                  .contains(field.marshallingType());
        };
    if (!agree) missing.add(at + " is " + field.marshallingType());
    else inside(types, number, field, at, seen);
  }

  private void inside(
      ConstraintTable.OfService types,
      int number,
      SdkField<?> field,
      String at,
      Set<Integer> seen) {
    switch (types.type(number)) {
      case ShapeType.Structure s ->
          walk(types, number, (SdkPojo) field.constructor().get(), at, seen);
      case ShapeType.Sequence s when s.member() >= 0 && seen.add(number) ->
          value(types, s.member(), field.getTrait(ListTrait.class).memberFieldInfo(), at, seen);
      case ShapeType.Mapping m when m.value() >= 0 && seen.add(number) ->
          value(types, m.value(), field.getTrait(MapTrait.class).valueFieldInfo(), at, seen);
      default -> {}
    }
  }
}
