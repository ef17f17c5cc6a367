package dev.outcrop.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every operation of every service is reached by the request that its own template describes. */
class EveryOperationTest {
  private final OperationIndex index = OperationIndex.get();
  private final Router router = new Router(index);

  @Test
  void restOperationsAreReachedWhenSigned() {
    assertThat(unreached(true, "REST")).isEmpty();
  }

  @Test
  void restOperationsAreReachedWhenUnsigned() {
    assertThat(unreached(false, "REST")).isEmpty();
  }

  @Test
  void operationsAreReachedByTarget() {
    assertThat(unreached(true, "AWS_JSON")).isEmpty();
  }

  @Test
  void operationsAreReachedByForm() {
    assertThat(unreached(false, "QUERY")).isEmpty();
  }

  @Test
  void operationsAreReachedByRpcPath() {
    assertThat(unreached(false, "RPC")).isEmpty();
  }

  private List<String> unreached(boolean signed, String protocol) {
    List<String> wrong = new ArrayList<>();
    int tried = 0;
    for (Service service : index.services()) {
      for (Operation operation : index.operations(service.name())) {
        for (Protocol each : operation.protocols()) {
          if (!each.name().startsWith(protocol)) continue;
          tried++;
          Resolution result = Sample.of(operation, each, signed).resolve(router);
          if (!(result instanceof Resolution.Found found)
              || !found.operation().equals(operation)
              || found.protocol() != each) {
            wrong.add(operation.id() + " " + operation.uri() + " -> " + brief(result));
          }
        }
      }
    }
    assertThat(tried).isGreaterThan(50);
    return wrong;
  }

  private static String brief(Resolution result) {
    return switch (result) {
      case Resolution.Found found -> found.operation().id() + " " + found.protocol();
      default -> result.toString();
    };
  }

  /** A request for an operation, with labels, required query and headers filled. */
  record Sample(
      String method, String path, String query, Map<String, String> headers, String body) {

    static Sample of(Operation operation, Protocol protocol, boolean signed) {
      Map<String, String> headers = new java.util.HashMap<>();
      if (signed)
        headers.put("authorization", SignedRequest.authorization(operation.signingName()));
      return switch (protocol) {
        case REST_JSON, REST_XML -> rest(operation, headers);
        case QUERY -> {
          headers.put("content-type", "application/x-www-form-urlencoded; charset=utf-8");
          String body = "Action=" + operation.name() + "&Version=" + operation.apiVersion();
          yield new Sample("POST", "/", null, headers, body);
        }
        case RPC_V2_CBOR -> {
          headers.put("smithy-protocol", "rpc-v2-cbor");
          String prefix = operation.target().substring(0, operation.target().lastIndexOf('.'));
          String path = "/service/" + prefix + "/operation/" + operation.name();
          yield new Sample("POST", path, null, headers, "");
        }
        case AWS_JSON_1_0, AWS_JSON_1_1 -> {
          headers.put("x-amz-target", operation.target());
          String version = protocol.name().substring("AWS_JSON_".length()).replace('_', '.');
          headers.put("content-type", "application/x-amz-json-" + version);
          yield new Sample("POST", "/", null, headers, "");
        }
      };
    }

    private static Sample rest(Operation operation, Map<String, String> headers) {
      for (String name : operation.requiredHeaders()) headers.put(name, "value");
      String[] uri = operation.uri().split("\\?", 2);
      List<String> query = new ArrayList<>();
      if (uri.length > 1) query.add(uri[1]);
      for (String name : operation.requiredQuery()) query.add(name + "=value");
      if (operation.name().equals("ListDirectoryBuckets")) query.add("x-id=ListDirectoryBuckets");
      String arn = arn(operation.service());
      String path =
          uri[0]
              .replaceAll("\\{[^}]*(?i:arn)[^}]*}", arn.replace(":", "%3A").replace("/", "%2F"))
              .replaceAll("\\{Bucket}", "my-bucket")
              .replaceAll("\\{[^}]+\\+}", "some/key")
              .replaceAll("\\{[^}]+}", "Sample1");
      String body = "{\"resourceARN\":\"" + arn + "\"}";
      String joined = query.isEmpty() ? null : String.join("&", query);
      return new Sample(operation.method(), path, joined, headers, body);
    }

    private static String arn(String service) {
      String resource =
          switch (service) {
            case "bedrock-agent" -> "bedrock:us-east-1:123456789012:agent/ABCDEFGHIJ";
            case "bedrock-agent-runtime" -> "bedrock:us-east-1:123456789012:session/x";
            case "bedrock-data-automation" -> "bedrock:us-east-1:123456789012:blueprint/x";
            case "bedrock-agentcore-control" -> "bedrock-agentcore:us-east-1:123456789012:memory/x";
            default -> service.toLowerCase(Locale.ROOT) + ":us-east-1:123456789012:thing/x";
          };
      return "arn:aws:" + resource;
    }

    Resolution resolve(Router router) {
      Resolution result = router.resolve(method, path, query, headers::get);
      return result instanceof Resolution.NeedsBody needs
          ? needs.decide().apply(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
          : result;
    }
  }
}
