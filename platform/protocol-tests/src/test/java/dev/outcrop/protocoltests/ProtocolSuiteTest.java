package dev.outcrop.protocoltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Smithy's official protocol suites, with our codec as the server: requests must be read as the
 * case's parameters, and responses and errors written as its body, headers and status.
 */
class ProtocolSuiteTest {
  private static final Map<String, String> SKIPPED = SkipList.read();
  private static final Set<String> SERVICES = new HashSet<>();
  private static final Map<String, Runnable> CASES =
      Cases.all(
          service -> {
            SERVICES.add(service.getId().toString());
            return !SKIPPED.containsKey(service.getId().toString());
          });

  @TestFactory
  Stream<DynamicTest> cases() {
    return CASES.entrySet().stream()
        .map(
            test ->
                DynamicTest.dynamicTest(test.getKey(), () -> run(test.getKey(), test.getValue())));
  }

  private static void run(String id, Runnable test) {
    String reason = SKIPPED.get(id);
    try {
      test.run();
    } catch (AssertionError | RuntimeException e) {
      if (reason != null) {
        return; // as the list says
      }
      throw new AssertionError(id + ": " + e.getMessage(), e);
    }
    if (reason != null) {
      fail("%s passes now: take it off the skip list (%s)", id, reason);
    }
  }

  @Test
  void everySkippedCaseExists() {
    Set<String> known = new HashSet<>(CASES.keySet());
    known.addAll(SERVICES);
    assertThat(known).containsAll(SKIPPED.keySet());
    assertThat(CASES).as("cases").hasSizeGreaterThan(500);
  }
}
