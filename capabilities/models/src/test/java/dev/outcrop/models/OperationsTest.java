package dev.outcrop.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.wire.Capabilities;
import org.junit.jupiter.api.Test;

/** What the wire layer finds in the classes that have operations. */
class OperationsTest {

  @Test
  void everyPublicMethodThatTakesARequestIsAnOperation() {
    ScriptedModels scripted = new ScriptedModels();
    assertThat(
            Capabilities.of(scripted.inference, scripted.tokenCounts, scripted.foundationModels)
                .implemented())
        .extracting(implementation -> implementation.operation().id())
        .containsExactly(
            "bedrock-runtime:Converse",
            "bedrock-runtime:ConverseStream",
            "bedrock-runtime:CountTokens",
            "bedrock-runtime:InvokeModel",
            "bedrock-runtime:InvokeModelWithBidirectionalStream",
            "bedrock-runtime:InvokeModelWithResponseStream",
            "bedrock:GetFoundationModel",
            "bedrock:ListFoundationModels");
  }
}
