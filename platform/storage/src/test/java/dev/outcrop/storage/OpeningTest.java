package dev.outcrop.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("state/outcrop.db");
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement one = connection.createStatement()) {
      one.execute(statement);
    }
  }

  @Test
  void makesTheFolderAndMigratesModulesOnce() {
    try (Database database = Database.open(file())) {
      database.migrate("sample", 2, OpeningTest.class);
      database.write(sql -> sql.execute("INSERT INTO sample VALUES (1, x'00', 'kept')"));
    }
    try (Database database = Database.open(file())) {
      database.migrate("sample", 2, OpeningTest.class);
      assertThat(
              database.<Integer, RuntimeException>read(
                  sql -> sql.fetchCount(sql.selectFrom("sample"))))
          .isEqualTo(1);
    }
  }

  @Test
  void refusesTablesOfANewerProgram() throws SQLException {
    Database.open(file()).close();
    sql("UPDATE flyway_storage SET version = '99'");
    assertThatThrownBy(() -> Database.open(file()))
        .isInstanceOf(StorageException.Unusable.class)
        .hasMessageContaining("version 99")
        .hasMessageContaining("newer");
  }

  @Test
  void noticesScriptsThatEndTooEarly() {
    try (Database database = Database.open(file())) {
      assertThatThrownBy(() -> database.migrate("sample", 3, OpeningTest.class))
          .hasMessageContaining("ends at version 2");
      assertThatThrownBy(() -> database.migrate("nowhere", 1, OpeningTest.class))
          .hasMessageContaining("nowhere");
    }
  }

  @Test
  void refusesWhatIsNoDatabase() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "This is a letter, not a database. ".repeat(100));
    assertThatThrownBy(() -> Database.open(file()))
        .isInstanceOf(StorageException.Unusable.class)
        .hasMessageContaining("damaged or not a database");
  }

  @Test
  void refusesAnotherProgramsDatabase() throws Exception {
    Files.createDirectories(file().getParent());
    sql("CREATE TABLE theirs (a)");
    assertThatThrownBy(() -> Database.open(file()))
        .isInstanceOf(StorageException.Unusable.class)
        .hasMessageContaining("another program's database");
    Files.delete(file());
    sql("PRAGMA application_id = 42");
    assertThatThrownBy(() -> Database.open(file())).hasMessageContaining("another program's");
  }

  @Test
  void refusesADirectory() throws IOException {
    Files.createDirectories(file());
    assertThatThrownBy(() -> Database.open(file()))
        .isInstanceOf(StorageException.Unusable.class)
        .hasMessageContaining("cannot be opened");
  }

  @Test
  void saysSoWhenPagesAreDamaged() throws IOException {
    long size;
    try (Database database = Database.open(file())) {
      Tags tags = new Tags(database);
      for (int i = 0; i < 300; i++) {
        tags.tag("arn:aws:bedrock:us-east-1:000000000000:thing/" + i, java.util.Map.of("a", "b"));
      }
    }
    size = Files.size(file());
    byte[] noise = new byte[(int) size - 4096];
    new Random(7).nextBytes(noise);
    try (RandomAccessFile raw = new RandomAccessFile(file().toFile(), "rw")) {
      raw.seek(4096);
      raw.write(noise);
    }
    assertThatThrownBy(
            () -> {
              try (Database database = Database.open(file())) {
                new Tags(database).list("arn:aws:bedrock:us-east-1:000000000000:thing/1");
              }
            })
        .isInstanceOf(StorageException.Unusable.class)
        .hasMessageContaining("damaged");
  }
}
