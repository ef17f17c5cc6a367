package dev.outcrop.models;

import java.util.Optional;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.bedrockruntime.model.PromptRouterTrace;

/**
 * Names of models beyond those in the catalogue: application inference profiles, prompt routers.
 */
public interface ModelNames {

  /**
   * What a name stands for.
   *
   * @param modelId an id, alias or ARN that the catalogue knows
   * @param profile ARN of the application inference profile; null when it is none
   * @param trace the decision of a prompt router; null when it is none
   */
  record Named(String modelId, String profile, PromptRouterTrace trace) {}

  /**
   * What an identifier stands for; empty when it is none of these names.
   *
   * @param identifier an id or ARN, as the client sent it
   * @param request the request that it is for, since a router decides by what is asked: {@code
   *     ConverseStreamRequest} (for Converse, too), {@code InvokeModelRequest}, {@code
   *     InvokeModelWithResponseStreamRequest} or {@code CountTokensRequest}
   * @throws software.amazon.awssdk.awscore.exception.AwsServiceException of Bedrock Runtime's own
   *     when the name can't be used, for example because the profile is gone
   */
  Optional<Named> find(String identifier, SdkRequest request);
}
