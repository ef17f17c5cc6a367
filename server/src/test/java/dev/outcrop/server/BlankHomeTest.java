package dev.outcrop.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.cli.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlankHomeTest {
  @TempDir Path folder;

  @AfterEach
  void forget() {
    System.clearProperty(BlankHome.PROPERTY);
  }

  @Test
  void aNewHomeBeginsWithTheCopyAndAnOldOneIsLeftAlone() throws Exception {
    Path blank = folder.resolve("blank");
    BlankHome.make(blank);
    // What an installation makes for itself, such as the key of its page tokens, is not shared.
    assertThat(count(blank, "SELECT count(*) FROM installation")).isZero();
    mark(blank);
    System.setProperty(BlankHome.PROPERTY, blank.toString());

    Path home = folder.resolve("home");
    served(home);
    assertThat(count(home, "SELECT count(*) FROM tag")).isOne();

    mark(blank);
    served(home);
    assertThat(count(home, "SELECT count(*) FROM tag")).isOne();
  }

  @Test
  void withoutACopyMigrationsDoTheWork() throws Exception {
    System.setProperty(BlankHome.PROPERTY, folder.resolve("absent").toString());
    served(folder.resolve("home"));
    assertThat(count(folder.resolve("home"), "SELECT count(*) FROM tag")).isZero();
  }

  private static void served(Path home) throws Exception {
    try (Installation.Server server =
        new LocalInstallation()
            .serve(new Installation.Options(home.toString(), 0, null, Map.of()))) {
      assertThat(server.url()).startsWith("http");
    }
    assertThat(Files.exists(home.resolve("outcrop.db"))).isTrue();
  }

  private static void mark(Path home) throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("outcrop.db"));
        var statement = connection.createStatement()) {
      statement.execute("INSERT INTO tag VALUES (hex(randomblob(8)), 'k', 'v')");
    }
  }

  private static int count(Path home, String sql) throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("outcrop.db"));
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.getInt(1);
    }
  }
}
