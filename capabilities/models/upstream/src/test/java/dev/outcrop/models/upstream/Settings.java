package dev.outcrop.models.upstream;

import java.util.HashMap;
import java.util.Map;

/** Settings of providers on scripted servers. */
public final class Settings {

  private Settings() {}

  /** A provider with one endpoint without keys; more as pairs of key and value. */
  public static ProviderSettings of(ScriptedServer server, String... more) {
    Map<String, String> flags = new HashMap<>();
    flags.put("type", "openai");
    flags.put("endpoints.one.url", server.url());
    for (int i = 0; i < more.length; i += 2) {
      flags.put(more[i], more[i + 1]);
    }
    return ProviderSettings.of(flags);
  }
}
