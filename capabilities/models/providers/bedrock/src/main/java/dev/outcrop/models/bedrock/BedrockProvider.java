package dev.outcrop.models.bedrock;

import dev.outcrop.models.ChatModel;
import dev.outcrop.models.EmbeddingModel;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.NativeModel;
import dev.outcrop.models.Provider;
import dev.outcrop.models.RuntimeErrors;
import dev.outcrop.models.upstream.EntryOptions;
import dev.outcrop.models.upstream.ProviderSettings;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Real Amazon Bedrock, through the AWS SDK: everything goes there as the client sent it, and its
 * answers and errors come back as they are.
 *
 * <p>Credentials are the SDK's default chain's, those of a {@code profile}, or of a {@code roleArn}
 * assumed with either; a key of the one endpoint is a Bedrock API key. {@code AWS_ENDPOINT_URL} is
 * not heeded, since it may well name this very server.
 *
 * <p>The option {@code model} of an entry is the id or ARN to call; without it, the entry's own id.
 */
public final class BedrockProvider implements Provider {

  private final String name;
  private final Remote remote;
  private final Map<ModelEntry, String> ids = new ConcurrentHashMap<>();

  /**
   * @param name what model entries call it
   * @throws IllegalArgumentException when the settings make no sense
   */
  public BedrockProvider(String name, ProviderSettings settings) {
    this.name = name;
    this.remote = new Remote(name, settings);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ChatModel chat(ModelEntry entry) {
    return new BedrockChat(remote, id(entry));
  }

  @Override
  public EmbeddingModel embedding(ModelEntry entry) {
    return BedrockEmbedding.of(remote, id(entry));
  }

  @Override
  public Optional<NativeModel> nativeBodies(ModelEntry entry) {
    return Optional.of(new BedrockInvocations(remote, id(entry)));
  }

  private String id(ModelEntry entry) {
    return ids.computeIfAbsent(entry, BedrockProvider::read);
  }

  private static String read(ModelEntry entry) {
    EntryOptions options = new EntryOptions(entry);
    String model = options.text("model", entry.id());
    try {
      options.finish();
    } catch (IllegalArgumentException e) {
      throw RuntimeErrors.invalid(e.getMessage());
    }
    return model;
  }

  @Override
  public void close() {
    remote.close();
  }
}
