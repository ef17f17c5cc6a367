package dev.outcrop.models.bodies;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Fields that a vendor has and that can't be honoured here are refused by name. */
class RefusalsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "openai-chat|{\"n\":2}|2 is not less or equal to 1",
        "openai-chat|{\"logprobs\":true}|logprobs is not supported",
        "openai-chat|{\"top_logprobs\":2}|top_logprobs is not supported",
        "openai-chat|{\"store\":true}|store is not supported",
        "openai-chat|{\"modalities\":[\"audio\"]}|modalities is not supported",
        "openai-chat|{\"audio\":{}}|audio is not supported",
        "openai-chat|{\"functions\":[]}|functions is not supported: use tools",
        "openai-chat|{\"function_call\":\"auto\"}|function_call is not supported: use tool_choice",
        "openai-chat|{\"prediction\":{}}|prediction is not supported",
        "openai-chat|{\"web_search_options\":{}}|web_search_options is not supported",
        "openai-chat|{\"service_tier\":\"gold\"}|gold is not a valid enum value",
        "openai-chat|{\"stream\":true}|use InvokeModelWithResponseStream",
        "openai-chat|{\"model\":\"other\"}|other is not the model of this call",
        "openai-chat|{\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"x\"}}}|x is not one of the tools",
        "openai-chat|{\"tools\":[{\"type\":\"custom\",\"custom\":{}}]}|extraneous key [custom]",
        "openai-chat|{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"http://x/y.png\"}}]}]}|expected a data URL",
        "openai-chat|{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_id\":\"f\"}}]}]}|file_id is not supported",
        "openai-chat|{\"messages\":[{\"role\":\"user\",\"content\":\"a\",\"name\":\"Bo\"}]}|extraneous key [name]",
        "openai-chat|{\"messages\":[{\"role\":\"king\",\"content\":\"a\"}]}|king is not a valid enum value",
        "openai-chat|{\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"1\",\"function\":{\"name\":\"f\",\"arguments\":\"[\"}}]}]}|expected a JSON object as a string",
        "titan-text|{\"textGenerationConfig\":{\"temperature\":1.5}}|1.5 is not less or equal to 1",
        "titan-text|{\"textGenerationConfig\":{\"maxTokenCount\":0}}|0 is not greater or equal to 1",
        "titan-text|{\"textGenerationConfig\":{\"stopSequences\":[1]}}|stopSequences/0: expected type: String, found: Integer",
        "titan-text|{\"inputText\":\"\"}|expected minLength: 1, actual: 0",
        "titan-embedding-v2|{\"dimensions\":3}|[4, 2]",
        "titan-embedding-v2|{\"embeddingTypes\":[]}|expected minimum item count: 1",
        "titan-embedding-g1|{\"dimensions\":2}|extraneous key [dimensions]",
        "cohere-embed-v3|{\"embedding_types\":[\"int8\"]}|int8 is Cohere's own",
        "cohere-embed-v3|{\"images\":[]}|expected one of the keys texts, images and inputs",
        "cohere-rerank|{\"max_tokens_per_doc\":9}|max_tokens_per_doc is not supported",
        "nova-embedding|{\"taskType\":\"SEGMENTED_EMBEDDING\"}|StartAsyncInvoke",
        "nova-embedding-image|{\"singleEmbeddingParams\":{\"embeddingPurpose\":\"CLUSTERING\",\"audio\":{}}}|singleEmbeddingParams/audio is not supported",
        "jurassic|{\"numResults\":2}|2 is not less or equal to 1",
        "jurassic|{\"frequencyPenalty\":{\"scale\":9}}|frequencyPenalty is not supported",
        "jurassic|{\"countPenalty\":{\"scale\":1,\"applyToEmojis\":false}}|countPenalty/applyToEmojis is not supported",
        "command|{\"return_likelihoods\":\"ALL\"}|return_likelihoods is not supported",
        "command|{\"num_generations\":2}|2 is not less or equal to 1",
        "command|{\"truncate\":\"END\"}|truncate is not supported",
        "command-r|{\"connectors\":[]}|connectors is not supported",
        "command-r|{\"search_queries_only\":true}|search_queries_only is not supported",
        "command-r|{\"return_prompt\":true}|return_prompt is not supported",
        "command-r|{\"prompt_truncation\":\"AUTO_PRESERVE_ORDER\"}|prompt_truncation is not supported",
        "command-r|{\"raw_prompting\":true}|with raw_prompting the message is the whole prompt",
        "nova|{\"schemaVersion\":\"messages-v2\"}|messages-v2 is not a valid enum value",
        "nova|{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":1}]}]}|#: NUMBER_VALUE can not be converted to a String",
        "titan-image-inpainting|{\"inPaintingParams\":{\"image\":\"AAAA\"}}|expected one of maskPrompt and maskImage",
        "titan-image-inpainting|{\"inPaintingParams\":{\"image\":\"AAAA\",\"maskPrompt\":\"a\",\"returnMask\":true}}|returnMask is not supported",
        "titan-image-outpainting|{\"outPaintingParams\":{\"text\":\"a\",\"image\":\"AAAA\",\"maskImage\":\"AAAA\"}}|the mask is not a readable PNG or JPEG image",
        "stable-diffusion-xl|{\"samples\":2}|2 is not less or equal to 1",
        "stable-diffusion-xl|{\"text_prompts\":[{\"text\":\"a\",\"weight\":-1}]}|expected a prompt with a positive weight",
        "stable-image-core|{\"image\":\"AAAA\"}|image is not supported: the mode is text-to-image"
      })
  void theFieldIsNamed(String fixture, String fields, String problem) {
    Fixture form = named(fixture);
    ObjectNode body = form.body();
    JsonNode changes = Played.json(fields);
    changes.properties().forEach(change -> body.set(change.getKey(), change.getValue()));
    assertThatThrownBy(() -> Played.play(form, body, false))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource({"jurassic", "titan-image-text", "stable-diffusion-xl", "stable-image-core"})
  void modelsThatDontStreamSayIt(String fixture) {
    Fixture form = named(fixture);
    assertThatThrownBy(() -> Played.play(form, form.body(), true))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("The model is unsupported for streaming.");
  }

  private static Fixture named(String name) {
    List<Fixture> found =
        Fixture.all().stream().filter(fixture -> fixture.name().equals(name)).toList();
    return found.getFirst();
  }
}
