package dev.outcrop.models.files;

import dev.outcrop.models.catalogue.Source;
import java.net.URI;
import java.util.Map;

/**
 * Where Hugging Face is and who asks, from the same environment variables as its own clients.
 *
 * @param endpoint {@code HF_ENDPOINT}: the site or a mirror of it
 * @param token {@code HF_TOKEN}: for models whose terms must be accepted; null for none
 */
public record HuggingFace(URI endpoint, String token) {

  public static HuggingFace of(Map<String, String> environment) {
    String endpoint = environment.getOrDefault("HF_ENDPOINT", "https://huggingface.co");
    return new HuggingFace(URI.create(endpoint.replaceAll("/+$", "")), environment.get("HF_TOKEN"));
  }

  URI uri(Source.HuggingFace source) {
    return URI.create(
        endpoint
            + "/"
            + source.repository()
            + "/resolve/"
            + source.revision()
            + "/"
            + source.file());
  }

  Map<String, String> headers() {
    return token == null ? Map.of() : Map.of("Authorization", "Bearer " + token);
  }
}
