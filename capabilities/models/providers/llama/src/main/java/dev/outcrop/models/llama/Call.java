package dev.outcrop.models.llama;

import dev.outcrop.models.llama.engine.Message;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The answers to one request to the engine, in order. Closing it before the last one tells the
 * engine to stop. The queue is bounded by the tokens of an answer.
 */
final class Call implements AutoCloseable {
  private final Child child;
  private final long id;
  private final BlockingQueue<Message> answers = new LinkedBlockingQueue<>();
  private boolean finished;

  Call(Child child, long id) {
    this.child = child;
    this.id = id;
  }

  long id() {
    return id;
  }

  void answer(Message message) {
    answers.add(message);
  }

  void fail(String reason) {
    answers.add(new Message.Refused(reason));
  }

  /**
   * The next answer; {@link Message.Refused} when the process died.
   *
   * @throws InterruptedException when the caller is no longer wanted
   */
  Message next() throws InterruptedException {
    Message message = answers.take();
    finished =
        switch (message) {
          case Message.Done _, Message.Counted _, Message.Failed _, Message.Refused _ -> true;
          default -> false;
        };
    return message;
  }

  @Override
  public void close() {
    child.forget(this, finished);
  }
}
