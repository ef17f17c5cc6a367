package dev.outcrop.conformance.running;

import dev.outcrop.server.Outcrop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Supplier;

/** The server and the in-process system that all scenarios share; made at first use. */
public final class Stage {
  private static final Supplier<OutcropProcess> SERVER = once(Stage::startServer);
  private static final Supplier<Outcrop> HERE = once(Stage::open);

  private Stage() {}

  public static OutcropProcess server() {
    return SERVER.get();
  }

  public static Outcrop here() {
    return HERE.get();
  }

  private static OutcropProcess startServer() {
    try {
      Homes.pullChatModel();
      return OutcropProcess.up(Homes.fresh("server"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Outcrop open() {
    try {
      Homes.pullChatModel();
      Outcrop outcrop = Outcrop.open(Homes.fresh("here"), Map.of());
      Runtime.getRuntime().addShutdownHook(new Thread(outcrop::close));
      return outcrop;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> Supplier<T> once(Supplier<T> maker) {
    return new Supplier<>() {
      private T made;

      @Override
      public synchronized T get() {
        if (made == null) {
          made = maker.get();
        }
        return made;
      }
    };
  }
}
