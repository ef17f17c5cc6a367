package dev.outcrop.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.bedrock.model.CreateGuardrailRequest;
import software.amazon.awssdk.services.bedrock.model.ListGuardrailsRequest;
import software.amazon.awssdk.services.bedrockagent.model.CreateKnowledgeBaseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;

class ConstraintsTest {

  private static String message(SdkPojo request) {
    Operation operation = OperationIndex.get().byRequestClass(request.getClass());
    List<Violation> violations = Constraints.violations(operation, request);
    return violations.isEmpty() ? "" : Violation.message(violations);
  }

  private static ConverseRequest.Builder converse() {
    return ConverseRequest.builder()
        .modelId("outcrop.quote-v1")
        .messages(
            Message.builder().role("user").content(ContentBlock.fromText("Hello\nworld")).build());
  }

  @Test
  void goodRequestsPass() {
    assertThat(message(converse().build())).isEmpty();
    assertThat(message(GetObjectRequest.builder().bucket("b").key("k").build())).isEmpty();
  }

  @Test
  void missingMembers() {
    assertThat(message(ConverseRequest.builder().build()))
        .isEqualTo(
            "1 validation error detected: Value null at 'modelId' failed to satisfy constraint:"
                + " Member must not be null");
    assertThat(message(CreateKnowledgeBaseRequest.builder().build()))
        .startsWith("3 validation errors detected: Value null at 'name' failed to satisfy")
        .contains("; Value null at 'roleArn'");
  }

  @Test
  void renamedMembersAreFound() {
    assertThat(message(CopyObjectRequest.builder().copySource("a/b").destinationKey("k").build()))
        .contains("Value null at 'bucket' failed");
  }

  @Test
  void ranges() {
    assertThat(message(converse().inferenceConfig(c -> c.temperature(1.5f)).build()))
        .isEqualTo(
            "1 validation error detected: Value '1.5' at 'inferenceConfig.temperature' failed to"
                + " satisfy constraint: Member must have value less than or equal to 1");
    assertThat(message(converse().inferenceConfig(c -> c.maxTokens(0)).build()))
        .contains("Member must have value greater than or equal to 1");
    assertThat(message(converse().inferenceConfig(c -> c.topP(Float.NaN)).build()))
        .contains("'inferenceConfig.topP'");
    assertThat(message(ListGuardrailsRequest.builder().maxResults(1_001).build()))
        .contains("Value '1001' at 'maxResults'", "less than or equal to 1000");
  }

  @Test
  void lengthsCountCodePoints() {
    var request = CreateGuardrailRequest.builder().blockedInputMessaging("x");
    String fits = "\ud83d\ude00".repeat(500);
    assertThat(message(request.name("n").blockedOutputsMessaging(fits).build())).isEmpty();
    assertThat(message(request.blockedOutputsMessaging(fits + "x").build()))
        .contains("'blockedOutputsMessaging'", "Member must have length less than or equal to 500");
  }

  @Test
  void patternsAndEnums() {
    assertThat(message(converse().modelId("no spaces").build()))
        .contains("Value 'no spaces' at 'modelId'")
        .contains("Member must satisfy regular expression pattern: (arn:aws");
    Message wrong = Message.builder().role("robot").content(ContentBlock.fromText("x")).build();
    assertThat(message(converse().messages(wrong).build()))
        .isEqualTo(
            "1 validation error detected: Value 'robot' at 'messages.1.member.role' failed to"
                + " satisfy constraint: Member must satisfy enum value set: [user, assistant,"
                + " system]");
  }

  @Test
  void nestedPaths() {
    Message second = Message.builder().role("user").build();
    assertThat(message(converse().messages(converse().build().messages().get(0), second).build()))
        .contains("Value null at 'messages.2.member.content' failed");
    var tag = software.amazon.awssdk.services.bedrock.model.Tag.builder().key("k").build();
    var request =
        CreateGuardrailRequest.builder()
            .name("n")
            .blockedInputMessaging("x")
            .blockedOutputsMessaging("x");
    assertThat(message(request.tags(tag).build())).contains("at 'tags.1.member.value'");
  }

  @Test
  void scalarsInCollectionsAreReportedWithThem() {
    assertThat(message(converse().requestMetadata(Map.of("k", "x".repeat(300))).build()))
        .contains("at 'requestMetadata' failed to satisfy constraint: Map value must satisfy")
        .contains("[Member must have length less than or equal to 256");
    assertThat(message(converse().inferenceConfig(c -> c.stopSequences("")).build()))
        .contains("Value '[]' at 'inferenceConfig.stopSequences'")
        .contains("Member must satisfy constraint: [Member must have length greater");
  }

  @Test
  void unionsHoldOneMember() {
    Message none = Message.builder().role("user").content(ContentBlock.builder().build()).build();
    assertThat(message(converse().messages(none).build()))
        .contains("'messages.1.member.content.1.member'")
        .contains("Member must have exactly one of: [text, image");
  }

  @Test
  void nullsInListsAreReported() {
    List<Message> nulls = Collections.singletonList(null);
    assertThat(message(converse().messages(nulls).build()))
        .contains("Value null at 'messages.1.member' failed");
  }

  @Test
  void secretsStayOutOfMessages() {
    String secret = "s".repeat(70_000);
    String text = message(CreateSecretRequest.builder().name("n").secretString(secret).build());
    assertThat(text).contains("Value at 'secretString' failed").doesNotContain("sss");
  }

  @Test
  void messagesStayShort() {
    List<Message> many =
        IntStream.range(0, 5_000).mapToObj(i -> Message.builder().build()).toList();
    assertThat(message(converse().messages(many).build())).startsWith("10 validation errors");
    assertThat(message(converse().modelId("/".repeat(100_000)).build())).hasSizeLessThan(10_000);
  }

  @Test
  void theErrorCodeIsTheServices() {
    Operation operation = OperationIndex.get().find("bedrock-runtime", "Converse");
    assertThatThrownBy(() -> Constraints.check(operation, ConverseRequest.builder().build()))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            e -> assertThat(e.code()).isEqualTo("ValidationException"));
    assertThat(Constraints.code(OperationIndex.get().find("iam", "CreateUser")))
        .isEqualTo("ValidationError");
    assertThat(Constraints.code(OperationIndex.get().find("lambda", "Invoke")))
        .isEqualTo("InvalidParameterValueException");
  }
}
