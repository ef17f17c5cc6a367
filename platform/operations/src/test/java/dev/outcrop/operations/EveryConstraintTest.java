package dev.outcrop.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** Checks of the requests of every operation. */
class EveryConstraintTest {
  private static final int MOST = 10;

  private interface EachRequest {
    void accept(Operation operation, SdkPojo builder);
  }

  private static void forEach(EachRequest each) throws Exception {
    for (Service service : OperationIndex.get().services()) {
      for (Operation operation : OperationIndex.get().operations(service.name())) {
        Class<?> type = Class.forName(operation.requestClass());
        each.accept(operation, (SdkPojo) type.getMethod("builder").invoke(null));
      }
    }
  }

  @Test
  void emptyRequestsMissExactlyWhatIsRequired() throws Exception {
    List<String> demanding = new ArrayList<>();
    forEach(
        (operation, builder) -> {
          ConstraintTable.OfService types = Constraints.table().service(operation.service());
          int input = types.input(operation.name());
          if (input < 0 || !(types.type(input) instanceof ShapeType.Structure structure)) return;
          var fields = RequestCheck.byName(builder);
          List<String> required =
              structure.members().stream()
                  .filter(member -> member.required() && fields.containsKey(member.name()))
                  .map(member -> member.name().toLowerCase(java.util.Locale.ROOT))
                  .limit(MOST)
                  .toList();
          SdkPojo empty = (SdkPojo) ((SdkBuilder<?, ?>) builder).build();
          assertThat(Constraints.violations(operation, empty))
              .as(operation.id())
              .allSatisfy(v -> assertThat(v.constraint()).isEqualTo("Member must not be null"))
              .extracting(v -> v.path().toLowerCase(java.util.Locale.ROOT))
              .containsExactlyElementsOf(required);
          if (!required.isEmpty()) demanding.add(operation.id());
        });
    assertThat(demanding).hasSizeGreaterThan(1_500);
  }

  @Test
  void randomRequestsAreJudgedAndNeverBreakTheCheck() throws Exception {
    long seed = Long.getLong("seed", 7);
    RandomPojo random = new RandomPojo(seed);
    List<String> refused = new ArrayList<>();
    forEach(
        (operation, builder) -> {
          List<Violation> violations;
          try {
            violations = Constraints.violations(operation, random.fill(builder, 2));
          } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + operation.id(), e);
          }
          assertThat(violations).as(operation.id()).hasSizeLessThan(2 * MOST);
          if (!violations.isEmpty()) {
            refused.add(operation.id());
            assertThat(Violation.message(violations)).contains("failed to satisfy constraint: M");
          }
        });
    assertThat(refused).hasSizeGreaterThan(1_500);
  }
}
