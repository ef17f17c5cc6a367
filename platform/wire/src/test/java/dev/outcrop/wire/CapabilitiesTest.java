package dev.outcrop.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.bedrockagent.model.GetAgentRequest;
import software.amazon.awssdk.services.bedrockagent.model.GetAgentResponse;
import software.amazon.awssdk.services.bedrockagent.model.GetKnowledgeBaseRequest;
import software.amazon.awssdk.services.bedrockagent.model.GetKnowledgeBaseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponse;

class CapabilitiesTest {

  @Test
  void findsOperationsByTheirRequests() {
    assertThat(Capabilities.of(new Toys.Echo(), new Toys.Identity()).implemented())
        .extracting(found -> found.operation().id())
        .containsExactly(
            "bedrock-runtime:Converse",
            "bedrock-runtime:ConverseStream",
            "bedrock-runtime:InvokeModel",
            "bedrock-runtime:InvokeModelWithBidirectionalStream",
            "iam:CreateRole",
            "sts:GetCallerIdentity");
  }

  /** Everything that can be declared wrongly. */
  public static final class Wrong {
    public GetKnowledgeBaseResponse getAgent(GetAgentRequest request) {
      return null;
    }

    public ConverseStreamResponse converseStream(ConverseStreamRequest request) {
      return null;
    }

    public GetKnowledgeBaseResponse getKnowledgeBase(GetKnowledgeBaseRequest request) {
      return null;
    }

    GetAgentResponse notPublic(GetAgentRequest request) {
      return null;
    }

    public String notAnOperation(String text) {
      return text;
    }
  }

  @Test
  void namesEveryWrongDeclarationAtOnce() {
    assertThatThrownBy(() -> Capabilities.of(new Toys.Bases(), new Wrong()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("GetAgentResponse (GetAgentRequest)")
        .hasMessageContaining("void (ConverseStreamRequest, EventSink)")
        .hasMessageContaining("bedrock-agent:GetKnowledgeBase is also served by")
        .hasMessageNotContaining("notPublic")
        .hasMessageNotContaining("notAnOperation");
  }
}
