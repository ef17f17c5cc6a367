package dev.outcrop.models;

import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.wire.EventSink;
import dev.outcrop.wire.EventSource;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamInput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;

/**
 * Bedrock Runtime's operations that run models. Whoever runs a model comes through here, so that
 * every call is resolved, watched, bounded and failed over alike.
 */
public final class Inference {

  private final Chats chats;
  private final Bodies bodies;
  private final Embeddings embeddings;
  private final Dialogues dialogues;

  /**
   * What calls need.
   *
   * @param queue most requests that one local model has in hand, waiting ones included; more are
   *     throttled
   * @param families the native bodies that are understood; the first that knows a body has it
   * @param names further names of models, asked in order
   * @param observers who watches every call; begun in this order, and ended in it
   * @param attachments reads what conversations have attached
   */
  public record Parts(
      Models models,
      int queue,
      List<NativeBodies> families,
      List<ModelNames> names,
      List<CallObserver> observers,
      Attachments attachments) {}

  public Inference(Parts parts) {
    Names names = new Names(parts.models(), parts.names());
    Calls calls = new Calls(parts.observers());
    FailOver failOver = new FailOver(parts.models(), new Admission(parts.queue()));
    this.chats = new Chats(names, calls, failOver, parts.attachments());
    this.bodies =
        new Bodies(names, calls, failOver, new Families(parts.families()), parts.attachments());
    this.embeddings = new Embeddings(names, calls, failOver);
    this.dialogues = new Dialogues(names, calls, failOver);
  }

  /** Calls that nobody watches, of models in the catalogue, with all that is needed in them. */
  public Inference(Models models, int queue, List<NativeBodies> families) {
    this(new Parts(models, queue, families, List.of(), List.of(), Attachments.NONE));
  }

  /** Answers a conversation in one piece. */
  public ConverseResponse converse(ConverseRequest request) {
    return chats.converse(request);
  }

  /** Answers a conversation as it is written. */
  public void converseStream(
      ConverseStreamRequest request, EventSink<ConverseStreamOutput> events) {
    chats.converseStream(request, events);
  }

  /** Runs a model on its family's own body. */
  public InvokeModelResponse invokeModel(InvokeModelRequest request) {
    return bodies.invoke(request);
  }

  /** Runs a chat model on its family's own body and streams the answer. */
  public void invokeModelWithResponseStream(
      InvokeModelWithResponseStreamRequest request, EventSink<ResponseStream> events) {
    bodies.stream(request, events);
  }

  /** Holds a dialogue with a model that listens while it speaks. */
  public void invokeModelWithBidirectionalStream(
      InvokeModelWithBidirectionalStreamRequest request,
      EventSource<InvokeModelWithBidirectionalStreamInput> in,
      EventSink<InvokeModelWithBidirectionalStreamOutput> out) {
    dialogues.talk(request, in, out);
  }

  /**
   * Embeds what a body of another API's asks for, as a call of InvokeModel. The request comes
   * second, since a method whose first parameter is one is an operation.
   *
   * @param body the body, read
   * @param request the model's id and the body as it was sent
   * @return the answer in that API's form
   */
  public SdkBytes embed(NativeBody.Embedding body, InvokeModelRequest request) {
    return embeddings.answer(request, body);
  }
}
