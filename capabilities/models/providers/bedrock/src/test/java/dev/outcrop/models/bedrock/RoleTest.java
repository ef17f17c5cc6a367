package dev.outcrop.models.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.AccessDeniedException;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceUnavailableException;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.RegionDisabledException;

/** Calls under a role that STS lends, by its own protocol. */
class RoleTest {

  private static final String ROLE = "arn:aws:iam::123456789012:role/bedrock-caller";

  private static ScriptedBedrock bedrock(String sts) {
    return new ScriptedBedrock(
        ScriptedBedrock.Script.brief(), "role-arn", ROLE, "sts-endpoint", sts);
  }

  private static void invoke(ScriptedBedrock bedrock) {
    bedrock
        .provider
        .nativeBodies(ScriptedBedrock.entry("m"))
        .orElseThrow()
        .invoke(
            InvokeModelRequest.builder().modelId("m").body(SdkBytes.fromUtf8String("{}")).build());
  }

  private static void converse(ScriptedBedrock bedrock) {
    bedrock
        .provider
        .chat(ScriptedBedrock.entry("m"))
        .converse(
            ConverseStreamRequest.builder()
                .modelId("m")
                .messages(m -> m.role("user").content(c -> c.text("Hi")))
                .build(),
            new Kept<>());
  }

  private static void signedBy(ScriptedBedrock bedrock, int call, int lent) {
    assertThat(bedrock.headers.get(call).get("authorization").getFirst())
        .startsWith("AWS4-HMAC-SHA256 Credential=ASIALENT" + lent + "/")
        .contains("x-amz-security-token");
    assertThat(bedrock.headers.get(call).get("x-amz-security-token"))
        .containsExactly("token " + lent);
  }

  @Test
  void theRolesCredentialsSignEveryKindOfCall() {
    ScriptedSts[] sts = new ScriptedSts[1];
    try (var lending = sts[0] = new ScriptedSts(r -> sts[0].lent(Duration.ofHours(1)));
        var bedrock = bedrock(lending.url())) {
      invoke(bedrock);
      converse(bedrock);
      invoke(bedrock);

      IntStream.range(0, 3).forEach(call -> signedBy(bedrock, call, 1));
      assertThat(lending.asked).hasSize(1);
      assertThat(lending.asked.getFirst().roleArn()).isEqualTo(ROLE);
      assertThat(lending.asked.getFirst().roleSessionName()).isEqualTo("outcrop");
      assertThat(lending.headers.getFirst().get("authorization").getFirst())
          .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
          .contains("/eu-west-1/sts/");
    }
  }

  @Test
  void aRoleThatRunsOutIsAssumedAgain() {
    ScriptedSts[] sts = new ScriptedSts[1];
    List<Duration> lasting = List.of(Duration.ofSeconds(30), Duration.ofHours(1));
    try (var lending =
            sts[0] =
                new ScriptedSts(
                    r -> sts[0].lent(lasting.get(Math.min(1, sts[0].asked.size() - 1))));
        var bedrock = bedrock(lending.url())) {
      invoke(bedrock);
      invoke(bedrock);
      invoke(bedrock);

      signedBy(bedrock, 0, 1);
      signedBy(bedrock, 1, 2);
      signedBy(bedrock, 2, 2);
      assertThat(lending.asked).hasSize(2);
    }
  }

  private static Function<AssumeRoleRequest, AssumeRoleResponse> failing(RuntimeException e) {
    return request -> {
      throw e;
    };
  }

  @Test
  void aRoleThatIsNotLentIsDenied() {
    var refusal = RegionDisabledException.builder().message("User x may not").build();
    try (var sts = new ScriptedSts(failing(refusal));
        var bedrock = bedrock(sts.url())) {
      for (Runnable call : List.<Runnable>of(() -> invoke(bedrock), () -> converse(bedrock))) {
        assertThatThrownBy(call::run)
            .isInstanceOf(AccessDeniedException.class)
            .hasMessageContaining("could not assume its role: RegionDisabledException")
            .hasMessageContaining("Check providers.aws.role-arn.")
            .hasMessageNotContaining("User x");
      }
      assertThat(bedrock.asked).isEmpty();
    }
  }

  @Test
  void thatNobodyLendsAtTheMomentIsNoDenial() throws IOException {
    try (var sts = new ScriptedSts(failing(new IllegalStateException("the script fails")));
        var bedrock = bedrock(sts.url())) {
      assertThatThrownBy(() -> invoke(bedrock))
          .isInstanceOf(ServiceUnavailableException.class)
          .hasMessageContaining("could not assume its role");
    }
    int free;
    try (var socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    try (var bedrock = bedrock("http://127.0.0.1:" + free)) {
      assertThatThrownBy(() -> invoke(bedrock)).isInstanceOf(ServiceUnavailableException.class);
      assertThat(bedrock.asked).isEmpty();
    }
  }
}
