package dev.outcrop.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.wire.Capabilities;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** No member of any request is passed over in silence. */
class HonouredTest {

  @Test
  void everyMemberIsHonouredOrRefused() throws Exception {
    List<String> ignored = new ArrayList<>();
    int refused = 0;
    for (Class<? extends SdkPojo> type : Honoured.byType().keySet()) {
      for (SdkField<?> field : builder(type).sdkFields()) {
        if (Honoured.byType().get(type).contains(field.memberName())) {
          continue;
        }
        SdkPojo builder = builder(type);
        field.set(builder, sample(field));
        try {
          Honoured.require((SdkPojo) ((SdkBuilder<?, ?>) builder).build());
          ignored.add(type.getSimpleName() + "." + field.memberName());
        } catch (S3Exception e) {
          assertThat(e.statusCode()).isEqualTo(501);
          assertThat(e.getMessage()).contains(field.memberName());
          refused++;
        }
      }
    }
    assertThat(ignored).isEmpty();
    assertThat(refused).isGreaterThan(100);
  }

  @Test
  void namesOfMembersAreRight() throws Exception {
    for (var entry : Honoured.byType().entrySet()) {
      Set<String> names = new TreeSet<>();
      builder(entry.getKey()).sdkFields().forEach(field -> names.add(field.memberName()));
      assertThat(names).as(entry.getKey().getSimpleName()).containsAll(entry.getValue());
    }
  }

  @Test
  void everyOperationChecksItsRequest() throws Exception {
    try (var folder = new TemporaryStore()) {
      for (Object capability : folder.store().capabilities()) {
        for (Method method : capability.getClass().getMethods()) {
          if (method.getParameterCount() == 0
              || !SdkPojo.class.isAssignableFrom(method.getParameterTypes()[0])) {
            continue;
          }
          Class<?> type = method.getParameterTypes()[0];
          assertThat(Honoured.byType()).containsKey(type.asSubclass(SdkPojo.class));
          SdkPojo builder = builder(type.asSubclass(SdkPojo.class));
          boolean any = false;
          for (SdkField<?> field : builder.sdkFields()) {
            if (!Honoured.byType().get(type).contains(field.memberName())) {
              field.set(builder, sample(field));
              any = true;
            }
          }
          Object[] arguments = new Object[method.getParameterCount()];
          arguments[0] = ((SdkBuilder<?, ?>) builder).build();
          if (any) {
            assertThatThrownBy(() -> method.invoke(capability, arguments))
                .as(method.getName())
                .cause()
                .hasMessageContaining("is not implemented in Outcrop");
          }
        }
      }
      assertThat(Capabilities.of(folder.store().capabilities().toArray()).implemented())
          .hasSizeGreaterThanOrEqualTo(20);
    }
  }

  private static SdkPojo builder(Class<? extends SdkPojo> type) throws Exception {
    return (SdkPojo) type.getMethod("builder").invoke(null);
  }

  private static Object sample(SdkField<?> field) {
    return switch (field.marshallingType().getTargetClass().getSimpleName()) {
      case "String" -> "sample";
      case "Integer" -> 7;
      case "Long" -> 7L;
      case "Boolean" -> true;
      case "Instant" -> Instant.EPOCH;
      case "Map" -> Map.of("k", "v");
      case "List" ->
          List.of(
              field.memberName().equals("Tags")
                  ? software.amazon.awssdk.services.s3.model.Tag.builder()
                      .key("k")
                      .value("v")
                      .build()
                  : "sample");
      case "SdkPojo" -> ((SdkBuilder<?, ?>) field.constructor().get()).build();
      default -> throw new AssertionError(field.memberName());
    };
  }
}
