package dev.outcrop.models.anthropic;

import dev.outcrop.models.NativeBodies;
import dev.outcrop.models.NativeBody;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;

/**
 * The bodies of Anthropic's models on Bedrock: Messages ({@code anthropic_version:
 * bedrock-2023-05-31}) and the older text completions. An id that begins with {@code anthropic.}
 * names the family; otherwise the version or {@code max_tokens_to_sample} in the body shows it.
 */
public final class AnthropicBodies implements NativeBodies {

  private static final Pattern ID = Pattern.compile("anthropic\\.(.+?)(?:-v\\d+)?(?::.*)?");

  @Override
  public Optional<NativeBody> read(Asked asked) {
    var id = ID.matcher(asked.modelId());
    boolean named = id.matches();
    if (!named
        && asked
            .modelId()
            .matches("(amazon|ai21|cohere|deepseek|meta|mistral|openai|stability)\\..*")) {
      return Optional.empty();
    }
    Fields body = Fields.parse(asked.bytes());
    boolean text = body.has("max_tokens_to_sample") || body.has("prompt");
    if (!named && !body.has("anthropic_version") && !body.has("max_tokens_to_sample")) {
      return Optional.empty();
    }
    String model = named ? id.group(1) : asked.modelId();
    if (text) {
      return Optional.of(TextBody.read(body, asked.modelId()));
    }
    ConverseStreamRequest request = MessagesReader.bedrock(body, asked.modelId());
    return Optional.of(MessagesBody.of(request, "msg_bdrk_", model));
  }
}
