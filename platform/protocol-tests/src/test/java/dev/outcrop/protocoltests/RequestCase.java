package dev.outcrop.protocoltests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.protocoltests.Structures.Role;
import dev.outcrop.wire.protocol.Answer;
import dev.outcrop.wire.protocol.Failure;
import dev.outcrop.wire.protocol.Failures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.smithy.protocoltests.traits.HttpMalformedRequestDefinition;
import software.amazon.smithy.protocoltests.traits.HttpMalformedRequestTestCase;
import software.amazon.smithy.protocoltests.traits.HttpRequestTestCase;

/** Requests read by the codec. */
final class RequestCase {
  private RequestCase() {}

  /** The request must be read as the parameters that the case names. */
  static void check(Call call, HttpRequestTestCase test) {
    byte[] body = bytes(call, test.getBody().orElse(""));
    Received received =
        received(test.getMethod(), test.getUri(), test.getQueryParams(), test.getHeaders(), body);
    assertThat(call.read(received, body))
        .isEqualTo(call.values().object(call.input(), Role.INPUT, test.getParams()));
  }

  /** The request must be refused with the status and the error that the case names. */
  static void checkMalformed(Call call, HttpMalformedRequestTestCase test) {
    HttpMalformedRequestDefinition request = test.getRequest();
    byte[] body = bytes(call, request.getBody().orElse(""));
    Received received =
        received(
            request.getMethod(),
            request.expectUri(),
            request.getQueryParams(),
            request.getHeaders(),
            body);
    Answer answer = refusal(call, received, body);
    assertThat(answer.status()).isEqualTo(test.getResponse().getCode());
    Headers.check(test.getResponse().getHeaders(), answer.headers());
  }

  private static Answer refusal(Call call, Received received, byte[] body) {
    Object read;
    try {
      read = call.read(received, body);
    } catch (RuntimeException e) {
      Failure failure = Failures.of(e, null, "the-request-id");
      return call.wire().error(null, failure, "the-request-id");
    }
    throw new AssertionError("was read as " + read);
  }

  private static Received received(
      String method,
      String uri,
      List<String> queryParams,
      Map<String, String> headers,
      byte[] body) {
    int question = uri.indexOf('?');
    List<String> query = new ArrayList<>(queryParams);
    if (question >= 0) {
      query.addFirst(uri.substring(question + 1));
    }
    Map<String, List<String>> lower = new LinkedHashMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    return new Received(
        method,
        question < 0 ? uri : uri.substring(0, question),
        query.isEmpty() ? null : String.join("&", query),
        lower,
        body);
  }

  /** A body as it travels; CBOR is written down in base64. */
  static byte[] bytes(Call call, String body) {
    return call.suite() == Suite.CBOR
        ? Base64.getDecoder().decode(body)
        : body.getBytes(StandardCharsets.UTF_8);
  }
}
