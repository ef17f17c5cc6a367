package dev.outcrop.models.llama.engine;

import dev.outcrop.models.llama.engine.Message.Load;
import dev.outcrop.models.llama.engine.Message.Refused;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;

/**
 * The child process: reads messages from its standard input, answers on its standard output, logs
 * on its standard error, and ends when its input does, so that it never outlives the server.
 */
public final class Main {
  private static final System.Logger LOG = System.getLogger(Main.class.getName());

  private Main() {}

  public static void main(String[] args) throws Exception {
    Frames frames = new Frames(System.in, new FileOutputStream(FileDescriptor.out));
    System.setOut(System.err);
    if (!(frames.read() instanceof Load load)) {
      throw new IOException("the first message must say what to load");
    }
    Outbox outbox = new Outbox(frames);
    Engine engine;
    try {
      engine = new Engine(load, outbox::send);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "The model can't be loaded", e);
      frames.write(new Refused(String.valueOf(e.getMessage())));
      return;
    }
    frames.write(engine.ready());
    Thread.ofPlatform().daemon().name("messages").start(() -> read(frames, engine));
    engine.run();
  }

  private static void read(Frames frames, Engine engine) {
    int status = 1;
    try {
      for (Message message = frames.read(); message != null; message = frames.read()) {
        engine.take(message);
      }
      status = 0;
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.ERROR, "The server's messages can't be read", e);
    } finally {
      // Not exit: native threads may be in the middle of a batch.
      Runtime.getRuntime().halt(status);
    }
  }
}
