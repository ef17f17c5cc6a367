package dev.outcrop.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a component of a settings record. The component {@code idleTimeout} is the key {@code
 * idle-timeout}. Types: String, int, long, double, boolean, enums, {@link java.time.Duration},
 * {@link Size}, {@link java.nio.file.Path}, {@link java.net.URI}, {@link Secret}; lists of these;
 * records; {@code Map<String, …>} and {@code Optional<…>} of any of these.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

  /** What it does, one sentence. */
  String doc();

  /** The default as one would write it; a setting with none is required, unless Optional. */
  String value() default "";

  /** The smallest number allowed. */
  double min() default Double.NEGATIVE_INFINITY;

  /** The largest number allowed. */
  double max() default Double.POSITIVE_INFINITY;

  /** What the keys of a map are called in the documentation. */
  String key() default "name";
}
