package dev.outcrop.objects;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** The members of S3's messages by name; many messages share names but no type. */
final class Members {
  /** Values that ask for nothing beyond what is done anyway, in any request. */
  private static final Map<String, Predicate<String>> HARMLESS =
      Map.ofEntries(
          Map.entry("ACL", Set.of("private", "bucket-owner-full-control")::contains),
          Map.entry("StorageClass", "STANDARD"::equals),
          Map.entry("RequestPayer", "requester"::equals),
          Map.entry("VersionId", "null"::equals),
          Map.entry("SourceVersionId", "null"::equals),
          Map.entry("ObjectOwnership", "BucketOwnerEnforced"::equals),
          Map.entry("ObjectLockEnabledForBucket", "false"::equals),
          Map.entry("BypassGovernanceRetention", "false"::equals),
          Map.entry("BucketKeyEnabled", "false"::equals),
          Map.entry("TaggingDirective", "COPY"::equals),
          Map.entry("AnnotationDirective", "COPY"::equals));

  private Members() {}

  /**
   * Refuses every member that is set and neither honoured nor harmless.
   *
   * @param honoured the names of those that the operation acts on
   */
  static void requireOnly(SdkPojo message, Set<String> honoured) {
    for (SdkField<?> field : message.sdkFields()) {
      Object value = value(field, message);
      String name = field.memberName();
      if (value == null || honoured.contains(name)) {
        continue;
      }
      Predicate<String> harmless = HARMLESS.get(name);
      if (harmless == null || !harmless.test(value.toString())) {
        String type = message.getClass().getSimpleName();
        throw S3Errors.notImplemented(
            name + " = " + shown(value) + " of " + type + " is not implemented in Outcrop");
      }
    }
  }

  private static String shown(Object value) {
    String text = value.toString();
    return text.length() > 100 ? text.substring(0, 100) + "…" : text;
  }

  /** The value of a member; null when it is absent or was not set. */
  static Object get(SdkPojo message, String name) {
    for (SdkField<?> field : message.sdkFields()) {
      if (field.memberName().equals(name)) {
        return value(field, message);
      }
    }
    return null;
  }

  private static Object value(SdkField<?> field, SdkPojo message) {
    Object value = field.getValueOrDefault(message);
    boolean unset =
        value instanceof SdkAutoConstructList
            || value instanceof SdkAutoConstructMap
            || (value instanceof Collection<?> list && list.isEmpty());
    return unset ? null : value;
  }

  /** Sets a member of a message's builder. */
  static void set(SdkPojo builder, String name, Object value) {
    for (SdkField<?> field : builder.sdkFields()) {
      if (field.memberName().equals(name)) {
        field.set(builder, value);
        return;
      }
    }
    throw new IllegalArgumentException(builder.getClass() + " has no member " + name);
  }

  /** Copies the named members from one message to the builder of another. */
  static <B extends SdkPojo> B copy(SdkPojo from, B builder, Collection<String> names) {
    for (String name : names) {
      Object value = get(from, name);
      if (value != null) {
        set(builder, name, value);
      }
    }
    return builder;
  }
}
