package dev.outcrop.jobs;

import dev.outcrop.storage.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;

/** A process that is going to be killed. Says on its standard output what was acknowledged. */
final class Worker {
  static final int STEPS = 5;

  private Worker() {}

  public static void main(String[] arguments) {
    try {
      work(arguments);
    } catch (Throwable e) {
      // Other threads would keep the process alive, and the test waiting for it.
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private static void work(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    Database database = Database.open(folder.resolve("outcrop.db"));
    Jobs jobs = new Jobs(database, InstantSource.system(), 3);
    jobs.register("step", context -> steps(folder, context, 10)).start();
    for (int i = 0; ; i++) {
      jobs.submit("step", arguments[1] + i, "");
      System.out.println(arguments[1] + i);
    }
  }

  /** Does five steps, each once unless the process dies between doing and saving it. */
  static void steps(Path folder, JobContext context, long pause)
      throws IOException, InterruptedException {
    int done = context.state() == null ? 0 : Integer.parseInt(context.state());
    for (int step = done; step < STEPS; step++) {
      context.checkCancelled();
      Files.writeString(
          folder.resolve("log-" + context.job().id()),
          step + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      context.save(Integer.toString(step + 1));
      Thread.sleep(pause);
    }
  }
}
