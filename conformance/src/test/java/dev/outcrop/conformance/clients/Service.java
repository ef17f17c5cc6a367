package dev.outcrop.conformance.clients;

import java.util.Map;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.bedrock.BedrockAsyncClient;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrockagent.BedrockAgentAsyncClient;
import software.amazon.awssdk.services.bedrockagent.BedrockAgentClient;
import software.amazon.awssdk.services.bedrockagentruntime.BedrockAgentRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockagentruntime.BedrockAgentRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.comprehend.ComprehendAsyncClient;
import software.amazon.awssdk.services.comprehend.ComprehendClient;
import software.amazon.awssdk.services.iam.IamAsyncClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sagemaker.SageMakerAsyncClient;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;

/** The Java SDK's two clients of a service. */
record Service(Class<? extends SdkClient> sync, Class<? extends SdkClient> async) {
  private static final Map<String, Service> ALL =
      Map.of(
          "bedrock", new Service(BedrockClient.class, BedrockAsyncClient.class),
          "bedrock-runtime",
              new Service(BedrockRuntimeClient.class, BedrockRuntimeAsyncClient.class),
          "bedrock-agent", new Service(BedrockAgentClient.class, BedrockAgentAsyncClient.class),
          "bedrock-agent-runtime",
              new Service(BedrockAgentRuntimeClient.class, BedrockAgentRuntimeAsyncClient.class),
          "cloudwatch", new Service(CloudWatchClient.class, CloudWatchAsyncClient.class),
          "comprehend", new Service(ComprehendClient.class, ComprehendAsyncClient.class),
          "iam", new Service(IamClient.class, IamAsyncClient.class),
          "s3", new Service(S3Client.class, S3AsyncClient.class),
          "sagemaker", new Service(SageMakerClient.class, SageMakerAsyncClient.class));

  static Service named(String name) {
    return ALL.get(name);
  }

  /** A builder of an operation's request. */
  SdkPojo request(String operation) throws ReflectiveOperationException {
    Class<?> type =
        Class.forName(sync.getPackageName() + ".model." + operation + "Request", true, loader());
    return (SdkPojo) type.getMethod("builder").invoke(null);
  }

  private ClassLoader loader() {
    return sync.getClassLoader();
  }
}
