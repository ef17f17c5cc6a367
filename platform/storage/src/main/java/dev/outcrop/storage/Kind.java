package dev.outcrop.storage;

import dev.outcrop.wire.SdkJson;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;

/**
 * A kind of resource: an SDK model class under a name of its own.
 *
 * @param name for example {@code bedrock.knowledge-base}; part of every row's key, so keep it
 * @param builder of the class, for example {@code KnowledgeBase::builder}
 * @param naming the resource's name, for sorting and uniqueness; null for kinds without names
 * @param uniquelyNamed refuse two of the same name under one parent
 */
public record Kind<T extends SdkPojo>(
    String name,
    Supplier<? extends SdkPojo> builder,
    Function<T, String> naming,
    boolean uniquelyNamed) {

  /** A kind whose resources are known by id alone. */
  public static <T extends SdkPojo> Kind<T> of(String name, Supplier<? extends SdkPojo> builder) {
    return new Kind<>(name, builder, null, false);
  }

  /** A kind whose resources have names, not necessarily different ones. */
  public static <T extends SdkPojo> Kind<T> named(
      String name, Supplier<? extends SdkPojo> builder, Function<T, String> naming) {
    return new Kind<>(name, builder, naming, false);
  }

  /** A kind in which a name is given once under a parent. */
  public static <T extends SdkPojo> Kind<T> uniquelyNamed(
      String name, Supplier<? extends SdkPojo> builder, Function<T, String> naming) {
    return new Kind<>(name, builder, naming, true);
  }

  String nameOf(T value, String id) {
    String given = naming == null ? null : naming.apply(value);
    return given == null ? id : given;
  }

  String uniqueNameOf(T value) {
    return uniquelyNamed ? naming.apply(value) : null;
  }

  String write(T value) {
    return new String(SdkJson.write(value), StandardCharsets.UTF_8);
  }

  T read(String json) {
    return SdkJson.read(json.getBytes(StandardCharsets.UTF_8), builder);
  }
}
