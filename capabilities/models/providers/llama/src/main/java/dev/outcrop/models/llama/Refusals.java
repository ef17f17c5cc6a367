package dev.outcrop.models.llama;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/**
 * Refuses what a request asks for and this model can't do. Members are allowed by name, so one that
 * a later SDK adds is refused, not overlooked.
 */
final class Refusals {
  private Refusals() {}

  static ValidationException invalid(String message) {
    return ValidationException.builder().message(message).build();
  }

  /** Throws when a member other than these is set. */
  static void allowOnly(SdkPojo value, String path, Set<String> allowed) {
    for (SdkField<?> field : value.sdkFields()) {
      if (!allowed.contains(field.locationName()) && set(field.getValueOrDefault(value))) {
        throw invalid(
            "This model doesn't support the %s%s field. Remove %s and try again."
                .formatted(path, field.locationName(), field.locationName()));
      }
    }
  }

  private static boolean set(Object value) {
    return switch (value) {
      case null -> false;
      case SdkAutoConstructList<?> _, SdkAutoConstructMap<?, ?> _ -> false;
      case Collection<?> c -> !c.isEmpty();
      case Map<?, ?> m -> !m.isEmpty();
      default -> true;
    };
  }
}
