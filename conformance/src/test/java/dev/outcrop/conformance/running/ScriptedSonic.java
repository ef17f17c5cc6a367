package dev.outcrop.conformance.running;

import dev.outcrop.http.HttpServer;
import dev.outcrop.http.HttpSettings;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.ClientGoneException;
import dev.outcrop.wire.Dispatcher;
import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.EventSource;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.BidirectionalInputPayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamInput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ModelTimeoutException;

/**
 * A Bedrock Runtime whose model speaks as Nova Sonic does: it says each text back, tells what that
 * cost so far, and ends when the client does. {@code break} is too much for it.
 */
public final class ScriptedSonic implements AutoCloseable {

  /** Counted down when a client left without ending the dialogue. */
  public final CountDownLatch left = new CountDownLatch(1);

  private final HttpServer server;

  public ScriptedSonic() throws IOException {
    server =
        HttpServer.start(
            HttpSettings.defaults().withPort(0), new Dispatcher(Capabilities.of(new Operations())));
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** The one operation, found by its public method. */
  public final class Operations {

    public void invokeModelWithBidirectionalStream(
        InvokeModelWithBidirectionalStreamRequest request,
        EventSource<InvokeModelWithBidirectionalStreamInput> in,
        EventSink<InvokeModelWithBidirectionalStreamOutput> out) {
      try {
        int said = 0;
        for (var event = in.next(); event != null; event = in.next()) {
          String text = ((BidirectionalInputPayloadPart) event).bytes().asUtf8String();
          if (text.contains("break")) {
            throw ModelTimeoutException.builder().message("too much").build();
          }
          said++;
          say(out, text.replace("textInput", "textOutput"));
          say(
              out,
              "{\"event\":{\"usageEvent\":{\"totalInputTokens\":%d,\"totalOutputTokens\":%d}}}"
                  .formatted(10 * said, said));
        }
        say(out, "{\"event\":{\"completionEnd\":{\"model\":\"" + request.modelId() + "\"}}}");
      } catch (ClientGoneException e) {
        left.countDown();
        throw e;
      }
    }

    private static void say(EventSink<InvokeModelWithBidirectionalStreamOutput> out, String json) {
      out.send(
          InvokeModelWithBidirectionalStreamOutput.chunkBuilder()
              .bytes(SdkBytes.fromUtf8String(json))
              .build());
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
