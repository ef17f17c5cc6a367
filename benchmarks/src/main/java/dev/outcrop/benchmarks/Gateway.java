package dev.outcrop.benchmarks;

import dev.outcrop.server.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fake upstream and Outcrop's server before it, each in a process of its own. Outcrop has keys,
 * so that it authenticates, prices, and meters every call, as it does by default.
 */
record Gateway(Scratch scratch, GatewayProcess upstream, GatewayProcess outcrop)
    implements AutoCloseable {
  /** The model that answers at once. */
  static final String NOW = "quick";

  /** The model that streams piece by piece. */
  static final String PACED = "paced";

  /** How that does. */
  static final String PACE = "5x5";

  /** The model that streams long. */
  static final String LONG = "long";

  /** The key that both gateways want. */
  static final String KEY = "sk-benchmark-0123456789abcdef";

  private static final String CHAT = "/v1/chat/completions";

  /**
   * @param longPace how the long streams go, as in {@link GatewayUpstream}
   */
  static Gateway open(String longPace) throws IOException {
    Scratch scratch = Scratch.make();
    GatewayProcess upstream =
        GatewayProcess.java(GatewayUpstream.class, scratch.resolve("upstream.log"));
    Files.createDirectories(scratch.resolve("home"));
    Files.writeString(
        scratch.resolve("home").resolve("outcrop.yaml"),
        """
        providers:
          fake:
            type: openai
            endpoints: {one: {url: "http://127.0.0.1:%d/v1", keys: [sk-upstream]}}
            concurrency: 2000
        models:
          %s: {provider: fake, options: {model: now}, prices: {input: 3, output: 15}}
          %s: {provider: fake, options: {model: %s}, prices: {input: 3, output: 15}}
          %s: {provider: fake, options: {model: %s}, prices: {input: 3, output: 15}}
        inference: {queue: 2000}
        keys:
          benchmark: {access-key-id: %s, secret: %s, api-keys: [%s]}
        """
            .formatted(
                upstream.port(),
                NOW,
                PACED,
                PACE,
                LONG,
                longPace,
                SignedRequest.ACCESS_KEY,
                SignedRequest.SECRET,
                KEY));
    GatewayProcess outcrop =
        GatewayProcess.java(
            Main.class,
            scratch.resolve("outcrop.log"),
            "up",
            "--port",
            "0",
            "--home",
            scratch.resolve("home").toString());
    Gateway gateway = new Gateway(scratch, upstream, outcrop);
    gateway.log();
    return gateway;
  }

  GatewayProcess liteLlm() throws IOException, InterruptedException {
    return LiteLlm.start(scratch, upstream.port(), KEY);
  }

  /** A question in OpenAI's words, with the key. */
  static byte[] chat(String model, boolean stream) {
    String body =
        """
        {"model":"%s","messages":[{"role":"system","content":"You are friendly and brief."},\
        {"role":"user","content":"Say hello and offer help."}],"max_tokens":64,"temperature":0.5%s}\
        """
            .formatted(model, stream ? ",\"stream\":true" : "");
    String head =
        "POST "
            + CHAT
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: */*\r\n"
            + "Authorization: Bearer "
            + KEY
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n";
    return (head + body).getBytes(StandardCharsets.US_ASCII);
  }

  /** The same question as a call of Converse, signed with the secret key. */
  static byte[] converse() {
    return SignedRequest.bytes(
        "POST",
        "/model/" + NOW + "/converse",
        "bedrock",
        """
        {"system":[{"text":"You are friendly and brief."}],"messages":[{"role":"user",\
        "content":[{"text":"Say hello and offer help."}]}],\
        "inferenceConfig":{"maxTokens":64,"temperature":0.5}}\
        """);
  }

  /** Has every call written down: questions and answers, into a bucket. */
  private void log() throws IOException {
    try (Connection connection = new Connection(outcrop.port())) {
      connection.call(SignedRequest.bytes("PUT", "/invocations", "s3", ""));
      connection.call(
          SignedRequest.bytes(
              "PUT",
              "/logging/modelinvocations",
              "bedrock",
              """
              {"loggingConfig":{"textDataDeliveryEnabled":true,\
              "s3Config":{"bucketName":"invocations","keyPrefix":"benchmark"}}}\
              """));
    }
  }

  /** How many records the invocation log says that it lost: the last power of two it told. */
  double lostRecords() throws IOException {
    Matcher told =
        Pattern.compile("([\\d.,]+) records of model calls were not logged")
            .matcher(Files.readString(scratch.resolve("outcrop.log")));
    double lost = 0;
    while (told.find()) {
      lost = Double.parseDouble(told.group(1).replaceAll("\\D", ""));
    }
    return lost;
  }

  @Override
  public void close() throws IOException {
    outcrop.close();
    upstream.close();
    scratch.close();
  }
}
