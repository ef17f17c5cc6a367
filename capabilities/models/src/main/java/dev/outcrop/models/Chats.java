package dev.outcrop.models;

import dev.outcrop.wire.EventSink;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTrace;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.PromptRouterTrace;

/** Converse and ConverseStream: the internal form as it comes. */
record Chats(Names names, Calls calls, FailOver failOver, Attachments attachments) {

  ConverseResponse converse(ConverseRequest request) {
    long start = System.nanoTime();
    ConverseStreamRequest streaming = ConverseFields.streaming(request);
    Target target = names.target(request.modelId(), streaming);
    return calls.watch(
        asked("Converse", start, target, streaming, request),
        call -> {
          ConverseResponse answer = collected(call, streaming);
          ConverseResponse whole = withOurs(answer, request, target.trace());
          call.output(() -> Json.body(whole));
          return whole;
        });
  }

  private ConverseResponse collected(Call call, ConverseStreamRequest request) {
    try {
      return failOver.ask(
          call,
          () -> true,
          served -> {
            Collected collected = new Collected();
            run(served.chat(), request, new Measured(call, collected));
            return collected.response();
          });
    } catch (ModelStreamErrorException e) {
      throw ModelErrorException.builder().message(e.getMessage()).cause(e).build();
    }
  }

  private void run(
      ChatModel model, ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
    model.converse(
        model.takesEveryField()
            ? request
            : attachments.ready(ConverseFields.checked(request, model), model),
        events);
  }

  private static ConverseResponse withOurs(
      ConverseResponse answer, ConverseRequest request, PromptRouterTrace trace) {
    if (request.performanceConfig() == null && request.serviceTier() == null && trace == null) {
      return answer;
    }
    ConverseResponse.Builder whole = answer.toBuilder();
    if (answer.performanceConfig() == null) {
      whole.performanceConfig(request.performanceConfig());
    }
    if (answer.serviceTier() == null) {
      whole.serviceTier(request.serviceTier());
    }
    if (trace != null) {
      ConverseTrace told = answer.trace();
      whole.trace(
          (told == null ? ConverseTrace.builder() : told.toBuilder()).promptRouter(trace).build());
    }
    return whole.build();
  }

  void converseStream(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
    long start = System.nanoTime();
    Target target = names.target(request.modelId(), request);
    calls.watch(
        asked("ConverseStream", start, target, request, request),
        call -> {
          ToClient client = new ToClient(call, request, target.trace(), events);
          streamed(
              client::untouched,
              () ->
                  failOver.ask(
                      call,
                      client::untouched,
                      served -> {
                        run(served.chat(), request, new Measured(call, client));
                        return null;
                      }));
          return null;
        });
  }

  /** A model's failure in the middle of a stream has a name of its own. */
  static <T> T streamed(BooleanSupplier untouched, Supplier<T> work) {
    try {
      return work.get();
    } catch (ModelErrorException e) {
      if (untouched.getAsBoolean()) {
        throw e;
      }
      throw ModelStreamErrorException.builder()
          .message(e.getMessage())
          .originalMessage(e.getMessage())
          .originalStatusCode(e.originalStatusCode())
          .cause(e)
          .build();
    } catch (ModelStreamErrorException e) {
      if (!untouched.getAsBoolean()) {
        throw e;
      }
      throw ModelErrorException.builder().message(e.getMessage()).cause(e).build();
    }
  }

  private Calls.Asked asked(
      String operation,
      long start,
      Target target,
      ConverseStreamRequest request,
      SdkPojo original) {
    return new Calls.Asked(
        operation,
        start,
        target,
        request.requestMetadata(),
        () -> Json.body(original),
        Estimate.input(request),
        Estimate.output(request.inferenceConfig(), () -> names.mostOutput(target)));
  }
}
