package dev.outcrop.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outcrop.conformance.running.Command;
import dev.outcrop.conformance.running.Homes;
import dev.outcrop.conformance.running.OutcropProcess;
import dev.outcrop.conformance.running.Places;
import dev.outcrop.conformance.running.ScriptedUpstream;
import dev.outcrop.conformance.running.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * An unmodified LangChain application ({@code langchain-aws}): tools, streams, structured answers
 * of the local model, embeddings.
 */
final class LangChainTest {

  @Test
  void toolsStreamsStructuredAnswersAndEmbeddings() throws Exception {
    Homes.pullChatModel();
    Path home = Homes.fresh("langchain");
    try (ScriptedUpstream upstream = new ScriptedUpstream()) {
      Files.writeString(
          home.resolve("outcrop.yaml"),
          """
          providers:
            scripted: {type: openai, endpoints: {one: {url: "%s"}}, retries: 0}
          models:
            script: {provider: scripted, kind: chat}
          aliases:
            "anthropic.*": script
          """
              .formatted(upstream.endpoint()));
      try (OutcropProcess server = OutcropProcess.up(home)) {
        JsonNode said = program(server);
        assertThat(said.at("/loop/call/city").asText()).isEqualTo("Bern");
        assertThat(said.at("/loop/told").asText()).isEqualTo("sunny in Bern");
        assertThat(said.at("/loop/usage/output_tokens").asInt()).isEqualTo(4);
        assertThat(said.at("/stream/call/city").asText()).isEqualTo("Bern");
        assertThat(said.at("/stream/pieces")).hasSize(3);
        assertThat(said.at("/place/city").isTextual()).isTrue();
        assertThat(said.at("/place/size").asInt()).isBetween(1, 9);
        assertThat(said.at("/embedding").toString()).isEqualTo("[384,384]");
      }
    }
  }

  private static JsonNode program(OutcropProcess server) throws Exception {
    Command done =
        Command.run(
            Places.root(),
            Map.of(
                "AWS_ENDPOINT_URL",
                server.endpoint().toString(),
                "AWS_REGION",
                "us-east-1",
                "AWS_DEFAULT_REGION",
                "us-east-1",
                "AWS_ACCESS_KEY_ID",
                "local",
                "AWS_SECRET_ACCESS_KEY",
                "local",
                "LANGSMITH_TRACING",
                "false",
                "PYTHONWARNINGS",
                "ignore",
                "NO_PROXY",
                "*"),
            Tools.langChain().resolve("python").toString(),
            Places.scripts("python").resolve("langchain_aws_program.py").toString());
    // Before its answer it may warn of things.
    return new ObjectMapper().readTree(done.said().lines().toList().getLast());
  }
}
