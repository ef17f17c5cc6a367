package dev.outcrop.models.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.models.upstream.ScriptedProxy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamRequest;

/** The way through a proxy, of hosts that this machine can't reach otherwise. */
class ProxyTest {

  private static ScriptedBedrock.Script script() {
    var script = ScriptedBedrock.Script.brief();
    script.talk =
        (in, out) -> {
          out.send(Said.output(Said.text(in.next())));
          in.next();
        };
    return script;
  }

  @Test
  void everyKindOfCallGoesThroughIt() {
    ScriptedSts[] sts = new ScriptedSts[1];
    try (var server = new ScriptedBedrock(script());
        var proxy = new ScriptedProxy(server.port());
        var lending = sts[0] = new ScriptedSts(r -> sts[0].lent(Duration.ofHours(1)));
        var lender = new ScriptedProxy(lending.port());
        var provider = ScriptedBedrock.provider("http://bedrock.example", "proxy", proxy.url())) {
      var model = provider.nativeBodies(ScriptedBedrock.entry("m")).orElseThrow();
      model.invoke(
          InvokeModelRequest.builder().modelId("m").body(SdkBytes.fromUtf8String("{}")).build());
      assertThat(proxy.asked).hasSize(1);
      assertThat(proxy.asked.getFirst()).contains("bedrock.example");

      provider
          .chat(ScriptedBedrock.entry("m"))
          .converse(
              ConverseStreamRequest.builder()
                  .modelId("m")
                  .messages(m -> m.role("user").content(c -> c.text("Hi")))
                  .build(),
              new Kept<>());
      assertThat(proxy.asked).hasSize(2);
      assertThat(proxy.asked.getLast()).isEqualTo("CONNECT bedrock.example:80 HTTP/1.1");

      Kept<InvokeModelWithBidirectionalStreamOutput> kept = new Kept<>();
      model.talk(
          InvokeModelWithBidirectionalStreamRequest.builder().modelId("m").build(),
          new Said().say("a").end(),
          kept);
      assertThat(kept.sent).extracting(Said::text).containsExactly("a");
      assertThat(proxy.asked).hasSize(3);
      assertThat(server.asked).hasSize(3);

      assertRoleThrough(lender, lending);
    }
  }

  private static void assertRoleThrough(ScriptedProxy proxy, ScriptedSts lending) {
    try (var provider =
        ScriptedBedrock.provider(
            "http://bedrock.example",
            "proxy",
            proxy.url(),
            "role-arn",
            "arn:aws:iam::123456789012:role/x",
            "sts-endpoint",
            "http://sts.example")) {
      var model = provider.nativeBodies(ScriptedBedrock.entry("m")).orElseThrow();
      // This proxy leads to STS alone, which knows no models.
      assertThatThrownBy(
              () ->
                  model.invoke(
                      InvokeModelRequest.builder()
                          .modelId("m")
                          .body(SdkBytes.fromUtf8String("{}"))
                          .build()))
          .isInstanceOf(RuntimeException.class);
      assertThat(lending.asked).hasSize(1);
      assertThat(proxy.asked.getFirst()).contains("sts.example");
    }
  }
}
