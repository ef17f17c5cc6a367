package dev.outcrop.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockagent.model.CreateKnowledgeBaseRequest;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBase;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ToolInputSchema;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

class SdkJsonTest {

  @Test
  void writesPlainJsonUnderSdkNames() {
    var base = KnowledgeBase.builder().knowledgeBaseId("KB12345678").status("ACTIVE").build();
    assertThat(new String(SdkJson.write(base), UTF_8))
        .isEqualTo("{\"knowledgeBaseId\":\"KB12345678\",\"status\":\"ACTIVE\"}");
  }

  @Test
  void keepsMembersOfEveryLocation() {
    var request =
        InvokeModelRequest.builder()
            .modelId("m")
            .accept("application/json")
            .body(SdkBytes.fromByteArray(new byte[] {0, -1, 127}))
            .build();
    InvokeModelRequest again = SdkJson.read(SdkJson.write(request), InvokeModelRequest::builder);
    assertThat(again).isEqualTo(request);
    var head = HeadObjectResponse.builder().metadata(Map.of("A", "b")).eTag("\"e\"").build();
    assertThat(SdkJson.<HeadObjectResponse>read(SdkJson.write(head), HeadObjectResponse::builder))
        .isEqualTo(head);
  }

  @Test
  void roundsNeitherTimestampsNorDocumentNumbersAndKeepsNullsAndUnknownEnums() {
    var base =
        KnowledgeBase.builder()
            .createdAt(Instant.parse("2024-05-06T07:08:09.123456789Z"))
            .updatedAt(Instant.ofEpochSecond(-1, 5))
            .status("SOMETHING_NEW")
            .failureReasons()
            .build();
    assertThat(SdkJson.<KnowledgeBase>read(SdkJson.write(base), KnowledgeBase::builder))
        .isEqualTo(base);
    var document =
        Document.mapBuilder()
            .putNumber("big", "123456789012345678901234567890.12345678901234567890")
            .putNull("none")
            .putList("list", Arrays.asList(Document.fromNull(), Document.fromBoolean(true)))
            .build();
    var schema = ToolInputSchema.fromJson(document);
    assertThat(SdkJson.<ToolInputSchema>read(SdkJson.write(schema), ToolInputSchema::builder))
        .isEqualTo(schema);
    var nothing =
        ConverseRequest.builder().additionalModelRequestFields(Document.fromNull()).build();
    assertThat(SdkJson.<ConverseRequest>read(SdkJson.write(nothing), ConverseRequest::builder))
        .isEqualTo(nothing);
  }

  @Test
  void inventsNoIdempotencyToken() {
    var request = CreateKnowledgeBaseRequest.builder().name("n").build();
    assertThat(new String(SdkJson.write(request), UTF_8)).isEqualTo("{\"name\":\"n\"}");
  }

  @Test
  void refusesWrongTypesAndSkipsUnknownMembers() {
    byte[] unknown = "{\"later\":[{\"a\":1}],\"name\":\"n\"}".getBytes(UTF_8);
    assertThat(SdkJson.<KnowledgeBase>read(unknown, KnowledgeBase::builder).name()).isEqualTo("n");
    assertThatThrownBy(() -> SdkJson.read("{\"name\":5}".getBytes(UTF_8), KnowledgeBase::builder))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("NUMBER_VALUE can not be converted to a String");
  }
}
