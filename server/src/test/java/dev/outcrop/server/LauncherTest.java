package dev.outcrop.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, around a program that tells what it is started for instead of doing it. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final String PROGRAM =
      """
      package dev.outcrop.server;

      import java.nio.file.*;

      public class Main {
        public static void main(String[] arguments) throws Exception {
          Path log = Path.of(System.getenv("OUTCROP_ROOT"), "log");
          if (System.getenv("OUTCROP_TRAINING") == null) {
            System.out.println(String.join(" ", arguments) + " from " + System.getProperty("java.class.path"));
            return;
          }
          Files.writeString(log, arguments[0] + "\\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
          Thread.sleep(500);
          if (arguments[0].equals("pack")) {
            Files.copy(Path.of(arguments[1], "program.jar"), Path.of(arguments[2]));
          }
        }
      }
      """;

  @TempDir private Path folder;
  private Path clone;
  private Path lock;
  private List<String> prefix = List.of();

  @BeforeEach
  void install() throws IOException {
    clone = folder.toRealPath().resolve("a clone");
    Path dist = Files.createDirectories(clone.resolve("server/target/outcrop/lib")).getParent();
    lock = dist.resolveSibling(".outcrop-lock");
    Path source = Files.writeString(folder.resolve("Main.java"), PROGRAM);
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", folder.toString(), source.toString()))
        .isZero();
    try (var jar = new JarOutputStream(Files.newOutputStream(dist.resolve("lib/program.jar")))) {
      jar.putNextEntry(new JarEntry("dev/outcrop/server/Main.class"));
      Files.copy(folder.resolve("dev/outcrop/server/Main.class"), jar);
    }
    Files.createFile(dist.resolve(".built"));
    Path script = clone.resolve("outcrop");
    Files.copy(Path.of(System.getenv("OUTCROP_ROOT"), "outcrop"), script);
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  private record Ended(int status, String output, String told) {}

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(clone.resolve("outcrop").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().merge("PATH", clone.resolve("bin") + ":", (old, bin) -> bin + old);
    builder.environment().remove("OUTCROP_NO_AOT");
    builder.environment().remove("OUTCROP_NO_BUILD");
    builder.environment().remove("OUTCROP_QUIET");
    return builder.start();
  }

  private static Ended ended(Process process) throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String told = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output, told);
  }

  @Test
  void firstCommandsAtOnceAllRunAndOnePrepares() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(start("ask", "question " + i));
    }
    for (int i = 0; i < 4; i++) {
      Ended ended = ended(processes.get(i));
      assertThat(ended.status()).as(ended.told()).isZero();
      assertThat(ended.output()).startsWith("ask question " + i + " from ");
    }
    assertThat(Files.readAllLines(clone.resolve("log"))).containsExactly("pack", "outcrop");
    Ended later = ended(start("ask", "again"));
    assertThat(later.output()).contains("again from ").contains("start.jar");
    assertThat(later.told()).isEmpty();
    assertThat(left()).isEmpty();
  }

  /** In a clone whose sources are newer than what was built, with a build that tells of itself. */
  @Test
  void firstCommandsAtOnceBuildOnce() throws Exception {
    Path jar = clone.resolve("server/target/outcrop/lib/program.jar");
    Files.copy(jar, clone.resolve("saved.jar"));
    Files.delete(clone.resolve("server/target/outcrop/.built"));
    for (String module : List.of("platform", "capabilities", "operations", "cli")) {
      Files.createDirectories(clone.resolve(module));
    }
    Files.createFile(clone.resolve("pom.xml"));
    Path maven = Files.createDirectories(clone.resolve("bin")).resolve("mvn");
    Files.writeString(
        maven,
        """
        #!/usr/bin/env bash
        echo build >>log
        sleep 0.5
        mkdir -p server/target/outcrop/lib
        cp saved.jar server/target/outcrop/lib/program.jar
        """);
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(start("ask", "question " + i));
    }
    for (Process process : processes) {
      Ended ended = ended(process);
      assertThat(ended.status()).as(ended.told()).isZero();
      assertThat(ended.output()).startsWith("ask question ");
    }
    assertThat(Files.readAllLines(clone.resolve("log")))
        .containsExactly("build", "pack", "outcrop");
    assertThat(left()).isEmpty();
  }

  @Test
  void aLockOfAKilledCommandIsTakenOver() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.createSymbolicLink(lock, Path.of(Long.toString(gone.pid())));
    assertThat(ended(start("up")).output()).contains("start.jar");
    assertThat(left()).isEmpty();
  }

  /** As in a container, where the first process has the same id each time. */
  @Test
  void aLockThatNamesTheCommandsOwnIdIsTakenOver() throws Exception {
    for (String holder : List.of("$$", "$$-1")) {
      Files.deleteIfExists(clone.resolve("server/target/outcrop/start.jar"));
      prefix = List.of("bash", "-c", "ln -s " + holder + " \"$0\"; exec \"$@\"", lock.toString());
      assertThat(ended(start("up")).output()).contains("start.jar");
      assertThat(left()).isEmpty();
    }
  }

  @Test
  void aLockWhoseIdAnotherProcessHasNowIsTakenOver() throws Exception {
    Files.createSymbolicLink(lock, Path.of(ProcessHandle.current().pid() + "-1"));
    assertThat(ended(start("up")).output()).contains("start.jar");
    assertThat(left()).isEmpty();
  }

  @Test
  void aLockThatAnotherIsTakingOverIsLeftToIt() throws Exception {
    Files.createSymbolicLink(lock, Path.of("1-1"));
    Files.createSymbolicLink(lock.resolveSibling(".outcrop-lock.over"), Path.of(holder()));
    assertThat(ended(start("up")).told()).contains("begins without");
    assertThat(Files.readSymbolicLink(lock)).hasToString("1-1");
  }

  @Test
  void aLockThatIsNoLongerItsOwnIsLeftAlone() throws Exception {
    Process process = start("up");
    while (!Files.exists(clone.resolve("log"))) {
      Thread.sleep(20);
    }
    Files.delete(lock);
    Files.createSymbolicLink(lock, Path.of(holder()));
    ended(process);
    assertThat(Files.readSymbolicLink(lock)).hasToString(holder());
  }

  @Test
  void anotherUsersCloneIsRunAsItIs() throws Exception {
    withoutRights();
    Ended ended = ended(start("up"));
    assertThat(ended.status()).as(ended.told()).isZero();
    assertThat(ended.output()).contains("up from ").doesNotContain("start.jar");
    assertThat(ended.told()).isEmpty();
  }

  @Test
  void anotherUsersCloneThatIsNotBuiltIsNotWaitedFor() throws Exception {
    Files.delete(clone.resolve("server/target/outcrop/.built"));
    withoutRights();
    Ended ended = ended(start("up"));
    assertThat(ended.status()).isOne();
    assertThat(ended.told()).contains("not yours to write").doesNotContain("waiting");
  }

  @Test
  void anotherUsersLockIsNotTakenOver() throws Exception {
    Path target = lock.getParent();
    Files.createSymbolicLink(lock, Path.of(holder()));
    withoutRights();
    for (Path writable : List.of(target, target.resolve("outcrop"))) {
      Files.setPosixFilePermissions(writable, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
    assertThat(ended(start("up")).told()).contains("begins without");
    assertThat(Files.readSymbolicLink(lock)).hasToString(holder());
  }

  /** Takes the rights away; for a superuser, who keeps them, commands are another's from now on. */
  private void withoutRights() throws IOException {
    assertThat(folder.toFile().setExecutable(true, false)).isTrue();
    assertThat(folder.toFile().setReadable(true, false)).isTrue();
    for (Path one : List.of(lock.getParent(), lock.resolveSibling("outcrop"))) {
      Files.setPosixFilePermissions(one, PosixFilePermissions.fromString("r-xr-xr-x"));
    }
    if (Files.isWritable(lock.getParent())) {
      assumeThat(Path.of("/usr/bin/setpriv")).exists();
      prefix = List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    }
  }

  /** This process, as locks name it. */
  private static String holder() throws IOException {
    long id = ProcessHandle.current().pid();
    Path stat = Path.of("/proc/" + id + "/stat");
    assumeThat(stat).exists();
    String line = Files.readString(stat);
    return id + "-" + line.substring(line.lastIndexOf(')') + 2).split(" ", -1)[19];
  }

  @AfterEach
  void giveRightsBack() throws IOException {
    for (Path one : List.of(lock.getParent(), lock.resolveSibling("outcrop"))) {
      Files.setPosixFilePermissions(one, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void aCommandDoesNotWaitForAnotherToPrepare() throws Exception {
    Files.createSymbolicLink(lock, Path.of(holder()));
    Ended ended = ended(start("up"));
    assertThat(ended.output()).contains("up from ").doesNotContain("start.jar");
    assertThat(ended.told()).contains("begins without");
    assertThat(clone.resolve("log")).doesNotExist();
  }

  /** Locks and half-made files. */
  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.walk(clone)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(".outcrop-lock") || name.endsWith(".new"))
          .toList();
    }
  }
}
