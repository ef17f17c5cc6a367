package dev.outcrop.models.llama;

import static dev.outcrop.models.llama.Refusals.allowOnly;
import static dev.outcrop.models.llama.Refusals.invalid;

import dev.outcrop.models.ChatModel;
import dev.outcrop.models.llama.Supervised.Loaded;
import dev.outcrop.models.llama.engine.Message;
import dev.outcrop.wire.ClientGoneException;
import dev.outcrop.wire.EventSink;
import java.util.HashSet;
import java.util.Set;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.PerformanceConfigLatency;

/** A model in a GGUF file: text in, text out, by the chat template that its file brings. */
public final class LlamaChatModel implements ChatModel {
  /** No tokenizer makes fewer tokens of a text than this many characters each. */
  private static final int LONGEST_TOKEN = 512;

  private final Supervised model;
  private final LlamaOptions options;

  LlamaChatModel(Supervised model, LlamaOptions options) {
    this.model = model;
    this.options = options;
  }

  /** The process behind it, started if need be. */
  Loaded loaded() throws InterruptedException {
    return model.acquire();
  }

  @Override
  public void converse(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
    checkFields(request, Set.of("messages", "system", "toolConfig", "outputConfig"));
    Inference inference = inference(request);
    Tools tools = Tools.of(request.toolConfig());
    OutputSchema output = OutputSchema.of(request.outputConfig(), tools);
    interruptibly(
        () -> {
          long start = System.nanoTime();
          Loaded loaded = model.acquire();
          Rendering rendering = new Rendering(loaded, tools, output);
          Prompt prompt = rendering.prompt(request.system(), request.messages());
          run(loaded, inference, prompt, new Answer(events, prompt, rendering.checks(), start));
        });
  }

  @Override
  public void complete(ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
    checkFields(request, Set.of("messages"));
    Inference inference = inference(request);
    Prompt prompt = Prompt.of(rawPrompt(request), true);
    interruptibly(
        () -> {
          long start = System.nanoTime();
          run(
              model.acquire(),
              inference,
              prompt,
              new Answer(events, prompt, Answer.Checks.NONE, start));
        });
  }

  private static String rawPrompt(ConverseStreamRequest request) {
    var content = request.messages().size() == 1 ? request.messages().getFirst().content() : null;
    if (content == null || content.size() != 1 || content.getFirst().text() == null) {
      throw invalid("A raw prompt is one user message with one text block.");
    }
    return content.getFirst().text();
  }

  @Override
  public int countTokens(ConverseTokensRequest request) {
    allowOnly(
        request, "", Set.of("messages", "system", "toolConfig", "additionalModelRequestFields"));
    Tools tools = Tools.of(request.toolConfig());
    int[] count = new int[1];
    interruptibly(
        () -> {
          Loaded loaded = model.acquire();
          Rendering rendering = new Rendering(loaded, tools, null);
          String text = rendering.prompt(request.system(), request.messages()).text();
          count[0] = count(loaded, text, false);
        });
    return count[0];
  }

  @Override
  public int countCompletionTokens(ConverseStreamRequest request) {
    checkFields(request, Set.of("messages"));
    String prompt = rawPrompt(request);
    int[] count = new int[1];
    interruptibly(() -> count[0] = count(model.acquire(), prompt, true));
    return count[0];
  }

  private static int count(Loaded loaded, String prompt, boolean special)
      throws InterruptedException {
    long id = loaded.child().nextId();
    try (Call call = loaded.child().call(id, new Message.Count(id, prompt, special))) {
      return switch (call.next()) {
        case Message.Counted counted -> counted.tokens();
        case Message.Failed failed -> throw Answer.failure(failed);
        case Message other -> throw Answer.failure(other);
      };
    }
  }

  private static void checkFields(ConverseStreamRequest request, Set<String> input) {
    var performance = request.performanceConfig();
    if (performance != null && performance.latency() != PerformanceConfigLatency.STANDARD) {
      throw invalid("This model supports standard latency only.");
    }
    Set<String> allowed = new HashSet<>(input);
    allowed.addAll(
        Set.of(
            "modelId",
            "inferenceConfig",
            "additionalModelRequestFields",
            "performanceConfig",
            "requestMetadata"));
    allowOnly(request, "", allowed);
  }

  private Inference inference(ConverseStreamRequest request) {
    return Inference.of(request.inferenceConfig(), request.additionalModelRequestFields(), options);
  }

  private static void run(Loaded loaded, Inference inference, Prompt prompt, Answer answer)
      throws InterruptedException {
    if (prompt.text().length() / LONGEST_TOKEN > loaded.about().contextLength()) {
      throw Answer.tooLong();
    }
    for (Answer.Again again = Answer.Again.FIRST; again != null; ) {
      long id = loaded.child().nextId();
      try (Call call = loaded.child().call(id, inference.request(id, prompt, again))) {
        again = answer.send(call);
      }
    }
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  /** An interrupt means that the client has left. */
  private void interruptibly(Work work) {
    model.enter();
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientGoneException(e);
    } finally {
      model.leave();
    }
  }
}
