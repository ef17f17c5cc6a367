package dev.outcrop.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DatabaseTest {
  @TempDir private Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("outcrop.db"));
    database.write(sql -> sql.execute("CREATE TABLE counter (n BIGINT NOT NULL)"));
    database.write(sql -> sql.execute("INSERT INTO counter VALUES (0)"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private long value() {
    return database.read(sql -> sql.fetchOne("SELECT n FROM counter").get(0, Long.class));
  }

  private int add(int n) {
    return database.write(sql -> sql.execute("UPDATE counter SET n = n + " + n));
  }

  @Test
  void losesNoUpdateOfManyWriters() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        all.add(
            threads.submit(
                () -> {
                  for (int j = 0; j < 10; j++) {
                    long before = value();
                    database.write(
                        sql -> {
                          long now = value();
                          assertThat(now).isGreaterThanOrEqualTo(before);
                          return sql.execute("UPDATE counter SET n = " + (now + 1));
                        });
                  }
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    assertThat(value()).isEqualTo(500);
  }

  @Test
  void readsOneSnapshotWhileOthersWrite() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    Thread writer =
        Thread.startVirtualThread(
            () -> {
              await(read);
              add(1);
              written.countDown();
            });
    List<Long> seen =
        database.read(
            sql -> {
              long first = value();
              read.countDown();
              await(written);
              return List.of(first, value());
            });
    writer.join();
    assertThat(seen).containsExactly(0L, 0L);
    assertThat(value()).isEqualTo(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void undoesANestedWriteAlone() {
    List<String> actions = new ArrayList<>();
    database.write(
        sql -> {
          add(1);
          assertThatThrownBy(
                  () ->
                      database.write(
                          inner -> {
                            add(10);
                            database.afterCommit(() -> actions.add("undone"));
                            throw new IOException("inner");
                          }))
              .hasMessage("inner");
          database.afterCommit(() -> actions.add("kept"));
          assertThat(actions).isEmpty();
          return add(100);
        });
    assertThat(value()).isEqualTo(101);
    assertThat(actions).containsExactly("kept");
  }

  @Test
  void runsNoActionOfAFailedWrite() {
    List<String> actions = new ArrayList<>();
    assertThatThrownBy(
            () ->
                database.write(
                    sql -> {
                      database.afterCommit(() -> actions.add("undone"));
                      throw new IOException("outer");
                    }))
        .hasMessage("outer");
    database.afterCommit(() -> actions.add("at once"));
    assertThat(actions).containsExactly("at once");
  }

  @Test
  void writesNothingThroughAReader() {
    assertThatThrownBy(() -> database.read(sql -> sql.execute("UPDATE counter SET n = 9")))
        .hasMessageContaining("Use write");
    assertThat(value()).isZero();
  }

  @Test
  void lendsConnectionsThatJoinTheTransaction() throws Exception {
    assertThatThrownBy(
            () ->
                database.write(
                    sql -> {
                      bump(false);
                      throw new IOException("after");
                    }))
        .hasMessage("after");
    assertThat(value()).isZero();
    bump(true);
    assertThat(value()).isEqualTo(1);
    try (Connection connection = database.connections().getConnection()) {
      connection.setAutoCommit(false);
    }
    assertThat(add(1)).isEqualTo(1);
  }

  private void bump(boolean commits) throws Exception {
    try (Connection connection = database.connections().getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(connection.getAutoCommit()).isEqualTo(commits);
      statement.executeUpdate("UPDATE counter SET n = n + 1");
      if (!commits) {
        connection.commit();
      }
    }
  }

  @Test
  void refusesWorkWhenClosed() {
    database.close();
    assertThatThrownBy(() -> add(1)).hasMessageContaining("closed");
    assertThatThrownBy(this::value).hasMessageContaining("closed");
  }
}
