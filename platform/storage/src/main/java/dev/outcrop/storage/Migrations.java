package dev.outcrop.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings one module's tables to the version its code knows. Each module numbers its own migrations,
 * {@code db/migration/<module>/V<n>__<what>.sql}, and has its own history table, so that modules
 * come and go without agreeing on numbers.
 *
 * <p>Scripts keep to what SQLite and PostgreSQL share; where they can't, there is a placeholder:
 * {@code ${bytes}} is the type of a byte string.
 *
 * <p>Flyway takes longer to start than the rest of the database, so it runs only when the history
 * says that something is missing.
 */
final class Migrations {
  private final Sqlite engine;
  private final String module;
  private final int known;

  Migrations(Sqlite engine, String module, int known) {
    if (!module.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException("A module's name is lower case: " + module);
    }
    this.engine = engine;
    this.module = module;
    this.known = known;
  }

  void apply(Connection connection, ClassLoader scripts) throws SQLException {
    int present = version(connection);
    if (present < known) {
      migrate(scripts);
      present = version(connection);
    }
    if (present > known) {
      throw new StorageException.Unusable(
          engine.file()
              + (" has version %d of the %s tables, and this Outcrop knows versions up to %d. "
                      + "A newer Outcrop wrote it: use that one, or another home folder.")
                  .formatted(present, module, known),
          null);
    }
    if (present < known) {
      throw new IllegalStateException(
          "db/migration/%s ends at version %d, the code expects %d"
              .formatted(module, present, known));
    }
  }

  private void migrate(ClassLoader scripts) {
    try {
      Flyway.configure(scripts)
          .loggers("slf4j")
          .dataSource(engine.migrator())
          .locations("classpath:db/migration/" + module)
          .table(history())
          .placeholders(Map.of("bytes", Sqlite.BYTES))
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .failOnMissingLocations(true)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new StorageException.Unusable(
          "The %s tables of %s could not be brought up to date: %s"
              .formatted(module, engine.file(), e.getMessage()),
          e);
    }
  }

  private int version(Connection connection) throws SQLException {
    try (ResultSet found =
        connection.getMetaData().getTables(null, null, history(), new String[] {"TABLE"})) {
      if (!found.next()) {
        return 0;
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT max(CAST(version AS INTEGER)) FROM " + history() + " WHERE success")) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  private String history() {
    return "flyway_" + module;
  }
}
