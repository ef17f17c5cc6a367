package dev.outcrop.knowledge.ingestion;

import dev.outcrop.knowledge.TokenCounter;
import dev.outcrop.knowledge.chunking.Chunker;
import dev.outcrop.knowledge.chunking.FixedSize;
import dev.outcrop.knowledge.chunking.WholeDocument;
import software.amazon.awssdk.services.bedrockagent.model.ChunkingConfiguration;
import software.amazon.awssdk.services.bedrockagent.model.ChunkingStrategy;
import software.amazon.awssdk.services.bedrockagent.model.FixedSizeChunkingConfiguration;

/** The chunker that a data source asks for, by the embedding model's own tokens. */
public record Chunking(TokenCounter tokens, String modelArn) {
  /** What AWS does when nothing is asked for. */
  private static final int DEFAULT_TOKENS = 300;

  private static final int DEFAULT_OVERLAP = 20;

  /** Most tokens of a chunk that the model sees whole. */
  public int mostTokens() {
    return tokens.window(modelArn) - specialTokens();
  }

  /**
   * Makes the chunker.
   *
   * @param configuration as given; null for the default: 300 tokens or what the model sees, 20%
   *     overlap
   */
  public Chunker chunker(ChunkingConfiguration configuration) {
    if (configuration == null) {
      return fixed(Math.min(DEFAULT_TOKENS, mostTokens()), DEFAULT_OVERLAP);
    }
    if (configuration.chunkingStrategy() == ChunkingStrategy.NONE) {
      return new WholeDocument();
    }
    FixedSizeChunkingConfiguration size = configuration.fixedSizeChunkingConfiguration();
    return fixed(size.maxTokens(), size.overlapPercentage());
  }

  private Chunker fixed(int maxTokens, int overlapPercentage) {
    int special = specialTokens();
    return new FixedSize(
        maxTokens, overlapPercentage, text -> tokens.count(modelArn, text) - special);
  }

  private int specialTokens() {
    return tokens.count(modelArn, "");
  }
}
