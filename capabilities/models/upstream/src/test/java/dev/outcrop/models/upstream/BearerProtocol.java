package dev.outcrop.models.upstream;

/** As OpenAI's. */
final class BearerProtocol implements Protocol {

  @Override
  public String keyHeader() {
    return "Authorization";
  }

  @Override
  public String keyValue(String key) {
    return "Bearer " + key;
  }
}
