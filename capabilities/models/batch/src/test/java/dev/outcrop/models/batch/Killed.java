package dev.outcrop.models.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;

/**
 * A process that is going to be killed: makes a job over the folder it is given, unless there is
 * one, and does it. Each answer of the model is noted in a file.
 */
final class Killed {
  static final int RECORDS = 400;

  private Killed() {}

  public static void main(String[] arguments) {
    try {
      Path home = Path.of(arguments[0]);
      Installation here = new Installation(home, InstantSource.system());
      here.words.before = text -> answered(home, text);
      if (arguments[1].equals("first")) {
        here.buckets("inputs", "out");
        StringBuilder input = new StringBuilder();
        for (int i = 0; i < RECORDS; i++) {
          input.append(Installation.record("r" + i, "record " + i));
        }
        here.put("inputs", "p/a.jsonl", input.toString());
        here.put("inputs", "p/b.jsonl", Installation.record("last", "the last"));
        System.out.println(here.create("s3://inputs/p/", null));
      }
    } catch (Throwable e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private static void answered(Path home, String text) {
    try {
      Thread.sleep(20);
      Files.writeString(
          home.resolve("answered"),
          text + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
