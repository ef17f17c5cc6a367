package dev.outcrop.conformance.running;

import dev.outcrop.server.Outcrop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** The server and the in-process system that all scenarios share; made at first use. */
public final class Stage {
  private Stage() {}

  public static OutcropProcess server() {
    return Server.RUNNING;
  }

  public static Outcrop here() {
    return Here.OPEN;
  }

  /** Loaded when a server is first needed; one that can't start is not tried again. */
  private static final class Server {
    static final OutcropProcess RUNNING = start();

    private static OutcropProcess start() {
      try {
        Homes.pullChatModel();
        return OutcropProcess.up(Homes.shared("server"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Here {
    static final Outcrop OPEN = open();

    private static Outcrop open() {
      try {
        Homes.pullChatModel();
        Outcrop outcrop = Outcrop.open(Homes.shared("here"), Map.of());
        Runtime.getRuntime().addShutdownHook(new Thread(outcrop::close));
        return outcrop;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
