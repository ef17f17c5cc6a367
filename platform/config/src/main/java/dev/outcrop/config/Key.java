package dev.outcrop.config;

/**
 * A setting as documented.
 *
 * @param path for example {@code models.<id>.provider}
 * @param type in words
 * @param fallback the default as written; empty when there is none
 */
public record Key(String path, String type, String fallback, boolean required, String doc) {

  /** The environment variable that sets it. */
  public String environment() {
    return Naming.environment(path);
  }
}
