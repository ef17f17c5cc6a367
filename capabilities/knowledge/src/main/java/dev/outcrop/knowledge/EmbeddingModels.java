package dev.outcrop.knowledge;

import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrock.model.BedrockException;
import software.amazon.awssdk.services.bedrock.model.FoundationModelDetails;
import software.amazon.awssdk.services.bedrock.model.ModelModality;
import software.amazon.awssdk.services.bedrock.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrock.model.ValidationException;
import software.amazon.awssdk.services.bedrockagent.model.BedrockEmbeddingModelConfiguration;
import software.amazon.awssdk.services.bedrockagent.model.EmbeddingDataType;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBaseConfiguration;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBaseType;
import software.amazon.awssdk.services.bedrockagent.model.VectorKnowledgeBaseConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;

/** Checks that a knowledge base can work with the embedding model it names. */
final class EmbeddingModels {
  private final BedrockClient bedrock;
  private final Embedder embedder;

  EmbeddingModels(BedrockClient bedrock, Embedder embedder) {
    this.bedrock = bedrock;
    this.embedder = embedder;
  }

  /** Throws a ValidationException when the configuration can't be met. */
  void check(KnowledgeBaseConfiguration configuration) {
    if (configuration.type() != KnowledgeBaseType.VECTOR) {
      throw KnowledgeErrors.invalid(
          "knowledgeBaseConfiguration.type "
              + configuration.typeAsString()
              + " is not supported by Outcrop yet; use VECTOR.");
    }
    VectorKnowledgeBaseConfiguration vectors = configuration.vectorKnowledgeBaseConfiguration();
    if (vectors == null || vectors.embeddingModelArn() == null) {
      throw KnowledgeErrors.invalid(
          "knowledgeBaseConfiguration.vectorKnowledgeBaseConfiguration.embeddingModelArn is"
              + " required for the type VECTOR.");
    }
    requireEmbeddingModel(vectors.embeddingModelArn());
    Integer dimensions = dimensions(vectors);
    try {
      embedder.embed(
          new Embedder.Model(vectors.embeddingModelArn(), dimensions),
          "test",
          Embedder.Purpose.DOCUMENT);
    } catch (BedrockRuntimeException e) {
      throw KnowledgeErrors.invalid(
          "The embedding model " + vectors.embeddingModelArn() + " can't be used: " + message(e));
    }
  }

  private void requireEmbeddingModel(String arn) {
    try {
      FoundationModelDetails model =
          bedrock.getFoundationModel(r -> r.modelIdentifier(arn)).modelDetails();
      if (!model.outputModalities().contains(ModelModality.EMBEDDING)) {
        throw KnowledgeErrors.invalid("The model " + arn + " does not make embeddings.");
      }
    } catch (ResourceNotFoundException | ValidationException e) {
      throw KnowledgeErrors.invalid("The embedding model " + arn + " can't be used: " + message(e));
    }
  }

  private static String message(BedrockException e) {
    return e.awsErrorDetails() == null ? e.getMessage() : e.awsErrorDetails().errorMessage();
  }

  private static String message(BedrockRuntimeException e) {
    return e.awsErrorDetails() == null ? e.getMessage() : e.awsErrorDetails().errorMessage();
  }

  private static Integer dimensions(VectorKnowledgeBaseConfiguration vectors) {
    var model = vectors.embeddingModelConfiguration();
    BedrockEmbeddingModelConfiguration options =
        model == null ? null : model.bedrockEmbeddingModelConfiguration();
    if (options == null) {
      return null;
    }
    if (options.embeddingDataType() != null
        && options.embeddingDataType() != EmbeddingDataType.FLOAT32) {
      throw KnowledgeErrors.invalid(
          "embeddingDataType "
              + options.embeddingDataTypeAsString()
              + " is not supported by Outcrop yet; use FLOAT32.");
    }
    return options.dimensions();
  }
}
