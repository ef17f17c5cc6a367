package dev.outcrop.conformance.clients;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.bedrockagentruntime.BedrockAgentRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveAndGenerateStreamRequest;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveAndGenerateStreamResponseHandler;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveAndGenerateStreamResponseOutput;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;

/** Reads event streams with the Java SDK's asynchronous clients. */
final class Streams {
  private final JavaSdk sdk;
  private final int leaveAfter;
  private final List<JsonNode> events = new ArrayList<>();
  private final AtomicReference<JsonNode> response = new AtomicReference<>(Json.object());
  private final CountDownLatch left = new CountDownLatch(1);

  Streams(JavaSdk sdk, int leaveAfter) {
    this.sdk = sdk;
    this.leaveAfter = leaveAfter;
  }

  Answer read(Object request) throws Exception {
    CompletableFuture<Void> done = start(request);
    if (leaveAfter > 0) {
      done.exceptionally(
          failure -> {
            left.countDown();
            return null;
          });
      left.await();
      if (events.size() < leaveAfter) {
        done.get();
      }
      done.cancel(true);
    } else {
      done.get();
    }
    return new Answer(response.get(), List.copyOf(events), null, 0);
  }

  private CompletableFuture<Void> start(Object request) {
    return switch (request) {
      case ConverseStreamRequest r ->
          sdk.client(BedrockRuntimeAsyncClient.class)
              .converseStream(
                  r,
                  ConverseStreamResponseHandler.builder()
                      .onEventStream(
                          events -> take(events, e -> ((ConverseStreamOutput) e).sdkEventType()))
                      .build());
      case InvokeModelWithResponseStreamRequest r ->
          sdk.client(BedrockRuntimeAsyncClient.class)
              .invokeModelWithResponseStream(
                  r,
                  InvokeModelWithResponseStreamResponseHandler.builder()
                      .onResponse(head -> response.set(Pojos.show(head)))
                      .onEventStream(
                          events -> take(events, e -> ((ResponseStream) e).sdkEventType()))
                      .build());
      case RetrieveAndGenerateStreamRequest r ->
          sdk.client(BedrockAgentRuntimeAsyncClient.class)
              .retrieveAndGenerateStream(
                  r,
                  RetrieveAndGenerateStreamResponseHandler.builder()
                      .onResponse(head -> response.set(Pojos.show(head)))
                      .onEventStream(
                          events ->
                              take(
                                  events,
                                  e ->
                                      ((RetrieveAndGenerateStreamResponseOutput) e).sdkEventType()))
                      .build());
      default -> throw new IllegalArgumentException("no stream for " + request.getClass());
    };
  }

  /** The name of an event, an enum of each stream's own. */
  private interface Naming {
    Object name(Object event);
  }

  private <E extends SdkPojo> void take(SdkPublisher<? extends E> publisher, Naming naming) {
    publisher.subscribe(
        new Subscriber<SdkPojo>() {
          private Subscription subscription;

          @Override
          public void onSubscribe(Subscription s) {
            subscription = s;
            s.request(1);
          }

          @Override
          public void onNext(SdkPojo event) {
            events.add(Json.object().set(naming.name(event).toString(), Pojos.show(event)));
            if (events.size() == leaveAfter) {
              subscription.cancel();
              left.countDown();
            } else {
              subscription.request(1);
            }
          }

          @Override
          public void onError(Throwable failure) {
            left.countDown();
          }

          @Override
          public void onComplete() {
            left.countDown();
          }
        });
  }
}
