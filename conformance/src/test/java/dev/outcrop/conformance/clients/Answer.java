package dev.outcrop.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a client got.
 *
 * @param events of a stream, in order
 * @param error null when the call succeeded
 * @param attempts how often the client sent the request; 0 when it does not tell
 */
public record Answer(JsonNode output, List<JsonNode> events, Failure error, int attempts) {

  /**
   * A failure as the client presents it.
   *
   * @param code the error's name without {@code Exception} at its end in S3
   * @param typed whether the client made it the exception class of that error
   * @param status HTTP status, 0 when the client does not tell
   */
  public record Failure(String code, String message, boolean typed, int status) {}

  static Answer of(JsonNode output) {
    return new Answer(output, List.of(), null, 1);
  }

  /** The output of a call that must have succeeded. */
  public JsonNode ok() {
    assertThat(error).as("the call's failure").isNull();
    return output;
  }

  /** The events of a stream that must have succeeded. */
  public List<JsonNode> streamed() {
    ok();
    return events;
  }

  /** The failure, which must be of the given kind and, when the client tells, status. */
  public Failure failed(String code, int status) {
    assertThat(error).as("failure, where the answer was %s", output).isNotNull();
    assertThat(error.code()).as(error.message()).isEqualTo(code);
    if (error.status() != 0) {
      assertThat(error.status()).isEqualTo(status);
    }
    return error;
  }

  /** The failure, which must also be of the class that the client's service model declares. */
  public Failure failedTyped(String code, int status) {
    Failure failure = failed(code, status);
    assertThat(failure.typed()).as("%s is the client's own class", code).isTrue();
    return failure;
  }
}
