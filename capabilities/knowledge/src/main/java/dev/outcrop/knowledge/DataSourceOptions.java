package dev.outcrop.knowledge;

import dev.outcrop.knowledge.ingestion.Chunking;
import software.amazon.awssdk.services.bedrockagent.model.ChunkingConfiguration;
import software.amazon.awssdk.services.bedrockagent.model.ChunkingStrategy;
import software.amazon.awssdk.services.bedrockagent.model.DataSourceConfiguration;
import software.amazon.awssdk.services.bedrockagent.model.DataSourceType;
import software.amazon.awssdk.services.bedrockagent.model.FixedSizeChunkingConfiguration;
import software.amazon.awssdk.services.bedrockagent.model.VectorIngestionConfiguration;

/** Checks what a data source asks for. */
final class DataSourceOptions {
  private DataSourceOptions() {}

  static void check(
      DataSourceConfiguration configuration,
      VectorIngestionConfiguration ingestion,
      Chunking chunking) {
    check(configuration);
    if (ingestion != null && ingestion.chunkingConfiguration() != null) {
      check(ingestion.chunkingConfiguration(), chunking);
    }
  }

  static void check(DataSourceConfiguration configuration) {
    DataSourceType type = configuration.type();
    require(
        type == DataSourceType.S3 || type == DataSourceType.CUSTOM,
        "dataSourceConfiguration.type "
            + configuration.typeAsString()
            + " is not supported by Outcrop yet; use S3 or CUSTOM.");
    boolean s3 = configuration.s3Configuration() != null;
    require(
        s3 == (type == DataSourceType.S3),
        "dataSourceConfiguration.s3Configuration must be given with the type S3, and only then.");
    if (s3) {
      var bucket = configuration.s3Configuration();
      require(
          bucket.bucketArn() != null && bucket.bucketArn().matches("arn:aws[^:]*:s3:::[^/]+"),
          "bucketArn must be the ARN of a bucket, arn:aws:s3:::name.");
      require(
          !bucket.hasInclusionPrefixes() || bucket.inclusionPrefixes().size() == 1,
          "inclusionPrefixes must hold one prefix.");
    }
  }

  private static void check(ChunkingConfiguration configuration, Chunking chunking) {
    ChunkingStrategy strategy = configuration.chunkingStrategy();
    require(
        strategy == ChunkingStrategy.FIXED_SIZE || strategy == ChunkingStrategy.NONE,
        "chunkingStrategy "
            + configuration.chunkingStrategyAsString()
            + " is not supported by Outcrop yet; use FIXED_SIZE or NONE.");
    FixedSizeChunkingConfiguration size = configuration.fixedSizeChunkingConfiguration();
    require(
        (size != null) == (strategy == ChunkingStrategy.FIXED_SIZE),
        "fixedSizeChunkingConfiguration must be given with FIXED_SIZE, and only then.");
    if (size != null) {
      require(
          size.maxTokens() != null && size.maxTokens() >= 1,
          "fixedSizeChunkingConfiguration.maxTokens must be 1 or more.");
      require(
          size.overlapPercentage() != null
              && size.overlapPercentage() >= 1
              && size.overlapPercentage() <= 99,
          "fixedSizeChunkingConfiguration.overlapPercentage must be 1 to 99.");
      require(
          size.maxTokens() <= chunking.mostTokens(),
          "fixedSizeChunkingConfiguration.maxTokens is "
              + size.maxTokens()
              + ", but the embedding model sees "
              + chunking.mostTokens()
              + " tokens at once.");
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw KnowledgeErrors.invalid(otherwise);
    }
  }
}
