package dev.outcrop.wire.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;

/** A call whose response is a stream of bytes, given to the SDK's response transformer. */
final class Download {
  private static final int CHUNK = 64 * 1024;

  private final AsyncResponseTransformer<SdkResponse, Object> transformer;

  @SuppressWarnings("unchecked")
  Download(Object transformer) {
    this.transformer = (AsyncResponseTransformer<SdkResponse, Object>) transformer;
  }

  CompletableFuture<Object> run(Callable<Object> work) {
    CompletableFuture<Object> future = transformer.prepare();
    Thread thread = Thread.ofVirtual().unstarted(() -> serve(work, future));
    Task.interruptWhenCancelled(future, thread);
    thread.start();
    return future;
  }

  @SuppressWarnings("unchecked")
  private void serve(Callable<Object> work, CompletableFuture<Object> future) {
    Pushed<ByteBuffer> bytes = new Pushed<>(Thread.currentThread());
    try (var stream = (ResponseInputStream<SdkResponse>) work.call()) {
      transformer.onResponse(stream.response());
      transformer.onStream(bytes);
      copy(stream, bytes);
      bytes.complete();
    } catch (Throwable e) {
      transformer.exceptionOccurred(e);
      bytes.fail(e);
      future.completeExceptionally(e);
    }
  }

  private static void copy(ResponseInputStream<?> stream, Pushed<ByteBuffer> bytes)
      throws IOException, InterruptedException {
    byte[] chunk = new byte[CHUNK];
    int count;
    while ((count = stream.read(chunk)) >= 0) {
      if (count > 0) {
        bytes.send(ByteBuffer.wrap(Arrays.copyOf(chunk, count)));
      }
    }
  }
}
