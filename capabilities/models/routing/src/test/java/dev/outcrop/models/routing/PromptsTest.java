package dev.outcrop.models.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;

class PromptsTest {

  private static String of(String body) {
    return Prompts.of(InvokeModelRequest.builder().body(SdkBytes.fromUtf8String(body)).build());
  }

  @Test
  void bodiesOfNoKnownFormHaveNoText() {
    assertThat(of("")).isEmpty();
    assertThat(of("[]")).isEmpty();
    assertThat(of("{\"messages\":[1,null,{\"content\":{\"a\":{\"text\":1}}}]}")).isEmpty();
    assertThat(of("{\"messages\":{\"a\":1}}")).isEmpty();
  }

  @Test
  void whatIsBesideTheTextMayBeAsLargeAsABodyMay() {
    String image = "A".repeat(20_000_004);
    assertThat(
            of(
                """
                {"messages":[{"role":"user","content":[
                  {"image":{"format":"png","source":{"bytes":"%s"}}},{"text":"What is this?"}]}]}"""
                    .formatted(image)))
        .isEqualTo("What is this?");
  }
}
