package dev.outcrop.server;

import dev.outcrop.cli.Installation.ServiceCoverage;
import dev.outcrop.operations.Operation;
import dev.outcrop.operations.OperationIndex;
import dev.outcrop.operations.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which operations of which services the code implements. */
final class Coverage {
  private Coverage() {}

  /** Opens a system over an empty home and asks it. */
  static List<ServiceCoverage> compute() {
    Path home = null;
    try {
      home = Files.createTempDirectory("outcrop-coverage");
      try (Outcrop outcrop = Outcrop.open(home, Map.of())) {
        return of(outcrop);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no system could be opened in the temporary folder", e);
    } finally {
      TemporaryFolder.delete(home);
    }
  }

  static List<ServiceCoverage> of(Outcrop outcrop) {
    List<ServiceCoverage> all = new ArrayList<>();
    for (Service service : OperationIndex.get().services()) {
      List<String> implemented = new ArrayList<>();
      List<String> missing = new ArrayList<>();
      for (Operation operation : OperationIndex.get().operations(service.name())) {
        (outcrop.capabilities().find(operation) == null ? missing : implemented)
            .add(operation.name());
      }
      all.add(new ServiceCoverage(service.name(), implemented, missing));
    }
    return all;
  }
}
