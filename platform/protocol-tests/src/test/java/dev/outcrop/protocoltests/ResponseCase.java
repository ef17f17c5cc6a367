package dev.outcrop.protocoltests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.operations.Service;
import dev.outcrop.protocoltests.Structures.Role;
import dev.outcrop.wire.protocol.Answer;
import dev.outcrop.wire.protocol.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.smithy.aws.traits.protocols.AwsQueryErrorTrait;
import software.amazon.smithy.model.node.StringNode;
import software.amazon.smithy.model.shapes.ServiceShape;
import software.amazon.smithy.model.shapes.StructureShape;
import software.amazon.smithy.model.traits.ErrorTrait;
import software.amazon.smithy.model.traits.HttpErrorTrait;
import software.amazon.smithy.model.traits.XmlNamespaceTrait;
import software.amazon.smithy.protocoltests.traits.HttpResponseTestCase;

/** Responses and errors written by the codec. */
final class ResponseCase {
  private static final String REQUEST_ID = "foo-id";

  private ResponseCase() {}

  /** The parameters that the case names must be written as its response. */
  static void check(Call call, HttpResponseTestCase test) {
    ModelledObject response = call.values().object(call.output(), Role.OUTPUT, test.getParams());
    Answer answer = call.wire().answer(call.binding(), response, REQUEST_ID);
    head(test, answer);
    if (test.getBody().isPresent() && !call.binding().streamsOut()) {
      SameBody.check(call, test, answer.body(), false);
    }
  }

  /** The error must be written as the response of the case. */
  static void checkError(
      Call call, ServiceShape service, StructureShape error, HttpResponseTestCase test) {
    ModelledObject members = call.values().object(error, Role.ERROR, test.getParams());
    Answer answer =
        call.wire().error(service(service, call), failure(error, members, test), REQUEST_ID);
    head(test, answer);
    if (test.getBody().isPresent()) {
      SameBody.check(call, test, answer.body(), true);
    }
  }

  private static void head(HttpResponseTestCase test, Answer answer) {
    assertThat(answer.status()).isEqualTo(test.getCode());
    Map<String, List<String>> sent = new LinkedHashMap<>(answer.headers());
    sent.put("Content-Length", List.of(Integer.toString(answer.body().length)));
    Headers.check(test.getHeaders(), sent);
    var names = Headers.byName(answer.headers()).keySet();
    assertThat(test.getRequireHeaders())
        .allMatch(names::contains, "is a header of " + answer.headers());
    assertThat(test.getForbidHeaders()).noneMatch(names::contains);
  }

  private static Failure failure(
      StructureShape error, ModelledObject members, HttpResponseTestCase test) {
    String name = error.getId().getName();
    String message =
        Optional.<StringNode>empty()
            .or(() -> test.getParams().getStringMember("message"))
            .or(() -> test.getParams().getStringMember("Message"))
            .map(StringNode::getValue)
            .orElse(null);
    Optional<AwsQueryErrorTrait> query = error.getTrait(AwsQueryErrorTrait.class);
    int status =
        error
            .getTrait(HttpErrorTrait.class)
            .map(HttpErrorTrait::getCode)
            .orElseGet(() -> error.expectTrait(ErrorTrait.class).getDefaultHttpStatusCode());
    return new Failure(
        name,
        query.map(AwsQueryErrorTrait::getCode).orElse(name),
        query.map(AwsQueryErrorTrait::getHttpResponseCode).orElse(status),
        message,
        members);
  }

  private static Service service(ServiceShape service, Call call) {
    String namespace =
        service.getTrait(XmlNamespaceTrait.class).map(XmlNamespaceTrait::getUri).orElse("");
    return new Service(
        service.getId().getName(),
        "none",
        "test",
        "test",
        service.getVersion(),
        List.of(call.suite().protocol()),
        "",
        "Test",
        namespace,
        false);
  }
}
