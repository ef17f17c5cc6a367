package dev.outcrop.models.openai;

import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** What the API calls the member of a union that is set. */
final class Names {

  private Names() {}

  /** The first member that is set. */
  static String of(SdkPojo union) {
    for (SdkField<?> field : union.sdkFields()) {
      Object value = field.getValueOrDefault(union);
      if (value != null
          && !(value instanceof SdkAutoConstructList<?>)
          && !(value instanceof SdkAutoConstructMap<?, ?>)) {
        return field.locationName();
      }
    }
    return "empty";
  }
}
