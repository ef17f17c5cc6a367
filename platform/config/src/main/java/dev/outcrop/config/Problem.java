package dev.outcrop.config;

/**
 * What is wrong with one setting.
 *
 * @param where {@code outcrop.yaml:12}, {@code OUTCROP_SERVER_PORT}, {@code --set}; empty when the
 *     setting is missing everywhere
 * @param message names the key and says what to do
 */
public record Problem(String where, String message) {
  @Override
  public String toString() {
    return where.isEmpty() ? message : where + ": " + message;
  }
}
