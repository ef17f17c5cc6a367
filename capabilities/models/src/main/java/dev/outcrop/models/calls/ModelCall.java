package dev.outcrop.models.calls;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.catalogue.CatalogueEntry;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One call of a model, as it was asked for.
 *
 * @param requestId unique; the client has it as {@code x-amzn-RequestId}
 * @param operation for example {@code Converse}, {@code InvokeModelWithResponseStream}
 * @param start when it came
 * @param account twelve digits
 * @param region for example {@code us-east-1}
 * @param caller ARN of who asked
 * @param key which credential it came with: an access key id or the name of an API key; never a
 *     secret
 * @param modelId as the client sent it: an id, an alias or an ARN; for a prompt router's, the ARN
 *     of the model that it chose
 * @param profile ARN of the application inference profile it came through; null without one
 * @param entry the model that the id stands for; a fail-over may still serve it by another
 * @param metadata the client's {@code requestMetadata}; empty without any
 * @param input the request's body in the operation's own JSON, made only when somebody asks
 * @param inputTokens an upper bound or a good estimate of what the input counts as
 * @param outputTokens the most tokens the answer can have
 */
public record ModelCall(
    String requestId,
    String operation,
    Instant start,
    String account,
    String region,
    String caller,
    String key,
    String modelId,
    String profile,
    CatalogueEntry entry,
    Map<String, String> metadata,
    Supplier<JsonNode> input,
    long inputTokens,
    long outputTokens) {}
