package dev.outcrop.models.bedrock;

import dev.outcrop.http.HttpServer;
import dev.outcrop.http.HttpSettings;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.upstream.ProviderSettings;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.Dispatcher;
import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.EventSource;
import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.HttpHandler;
import dev.outcrop.wire.ResponseHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamInput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;

/** Bedrock Runtime over a real port that answers by script, and the provider that calls it. */
final class ScriptedBedrock implements AutoCloseable {

  static {
    System.setProperty("aws.accessKeyId", "AKIDEXAMPLE");
    System.setProperty("aws.secretAccessKey", "secret");
  }

  final List<Object> asked = new CopyOnWriteArrayList<>();
  final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
  final BedrockProvider provider;
  private final HttpServer server;

  /** What it does. */
  static final class Script {
    BiConsumer<ConverseStreamRequest, EventSink<ConverseStreamOutput>> converse = (r, e) -> {};
    BiConsumer<InvokeModelWithResponseStreamRequest, EventSink<ResponseStream>> stream =
        (r, e) -> {};
    Function<InvokeModelRequest, InvokeModelResponse> invoke = r -> null;
    HttpHandler raw;
    Talk talk = (in, out) -> {};

    /** One that answers anything in a word. */
    static Script brief() {
      Script script = new Script();
      script.invoke =
          request ->
              InvokeModelResponse.builder()
                  .body(SdkBytes.fromUtf8String("{}"))
                  .contentType("application/json")
                  .build();
      script.converse =
          (request, events) ->
              events.send(ConverseStreamOutput.messageStopBuilder().stopReason("end_turn").build());
      return script;
    }
  }

  /** Holds a dialogue. */
  interface Talk {
    void with(
        EventSource<InvokeModelWithBidirectionalStreamInput> in,
        EventSink<InvokeModelWithBidirectionalStreamOutput> out);
  }

  /** The operations; public methods of these shapes are what the dispatcher looks for. */
  @SuppressWarnings("UnusedMethod")
  public final class Operations {
    private final Script script;

    Operations(Script script) {
      this.script = script;
    }

    public void converseStream(
        ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
      asked.add(request);
      script.converse.accept(request, events);
    }

    public InvokeModelResponse invokeModel(InvokeModelRequest request) {
      asked.add(request);
      ResponseHeaders.set("x-amzn-bedrock-input-token-count", "7");
      return script.invoke.apply(request);
    }

    public void invokeModelWithResponseStream(
        InvokeModelWithResponseStreamRequest request, EventSink<ResponseStream> events) {
      asked.add(request);
      events.respond(
          InvokeModelWithResponseStreamResponse.builder().contentType("application/json").build());
      script.stream.accept(request, events);
    }

    public void invokeModelWithBidirectionalStream(
        InvokeModelWithBidirectionalStreamRequest request,
        EventSource<InvokeModelWithBidirectionalStreamInput> in,
        EventSink<InvokeModelWithBidirectionalStreamOutput> out) {
      asked.add(request);
      script.talk.with(in, out);
    }

    public CountTokensResponse countTokens(CountTokensRequest request) {
      asked.add(request);
      return CountTokensResponse.builder().inputTokens(41).build();
    }
  }

  ScriptedBedrock(Script script, String... settings) {
    Dispatcher dispatcher = new Dispatcher(Capabilities.of(new Operations(script)));
    try {
      server =
          HttpServer.start(
              HttpSettings.defaults().withPort(0).withStopWithin(Duration.ofMillis(1)),
              e -> serve(e, script, dispatcher));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    provider = provider("http://127.0.0.1:" + server.port(), settings);
  }

  static BedrockProvider provider(String url, String... settings) {
    Map<String, String> flags = new HashMap<>();
    flags.put("type", "bedrock");
    flags.put("region", "eu-west-1");
    flags.put("endpoint", url);
    flags.put("retries", "0");
    for (int i = 0; i < settings.length; i += 2) {
      flags.put(settings[i], settings[i + 1]);
    }
    return new BedrockProvider("aws", ProviderSettings.of(flags));
  }

  private void serve(HttpExchange exchange, Script script, Dispatcher dispatcher)
      throws IOException {
    headers.add(exchange.headers());
    (script.raw == null ? dispatcher : script.raw).handle(exchange);
  }

  int port() {
    return server.port();
  }

  static ModelEntry entry(String model) {
    return new ModelEntry(
        "claude",
        "aws",
        ModelEntry.Kind.CHAT,
        null,
        model == null ? Map.of() : Map.of("model", model));
  }

  @Override
  public void close() {
    provider.close();
    server.close();
  }
}
