package dev.outcrop.wire;

import dev.outcrop.operations.Constraints;
import dev.outcrop.operations.Operation;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import software.amazon.awssdk.core.SdkRequest;

/** The part of a call that is the same over HTTP and in process: find, validate, bind, call. */
public final class Invocation {
  private final Capabilities capabilities;

  public Invocation(Capabilities capabilities) {
    this.capabilities = capabilities;
  }

  /**
   * What serves the operation.
   *
   * @throws RefusedException with status 501 if nothing does
   */
  public Implementation find(Operation operation) {
    Implementation found = capabilities.find(operation);
    if (found == null) {
      throw RefusedException.notImplemented(operation.id());
    }
    return found;
  }

  /**
   * Refuses a request that breaks the constraints of its service's model.
   *
   * @throws dev.outcrop.operations.InvalidRequestException naming each breach
   */
  public void validate(Operation operation, SdkRequest request) {
    Constraints.check(operation, request);
  }

  /** A new request id: random, in the form AWS uses. */
  public static String newRequestId() {
    // Ids need to differ, not to be secret: this is a fraction of UUID.randomUUID's cost.
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = random.nextLong() & ~0xF000L | 0x4000L;
    long low = random.nextLong() & ~(3L << 62) | 1L << 63;
    return new UUID(high, low).toString();
  }
}
