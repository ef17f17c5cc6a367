package dev.outcrop.protocoltests.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import dev.outcrop.operations.Protocol;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;

/** Whether an error can be understood by clients of a protocol. */
final class ErrorForm {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper CBOR = new CBORMapper();

  private ErrorForm() {}

  /**
   * What is wrong with the error, or null.
   *
   * @param protocol the protocol that it must be in, or null for whichever its type says
   */
  static String problem(Reply reply, String method, Protocol protocol) {
    String type = reply.header("content-type");
    boolean ours = reply.header("x-amzn-RequestId") != null;
    if (!ours && reply.status() == 0 || type == null) {
      return "no answer, or one without a type";
    }
    // The server's own refusals, of what is not HTTP, are JSON whatever was asked for.
    if (ours && protocol != null && !type.equals(type(protocol))) {
      return "the type should be " + type(protocol);
    }
    try {
      return method.equals("HEAD") ? null : problem(reply, type, ours);
    } catch (Exception e) {
      return "unreadable: " + e;
    }
  }

  private static String problem(Reply reply, String type, boolean ours) throws Exception {
    return switch (type) {
      case "application/json" -> json(JSON.readTree(reply.body()), ours, reply);
      case "application/x-amz-json-1.0", "application/x-amz-json-1.1" ->
          typed(JSON.readTree(reply.body()));
      case "application/cbor" -> typed(CBOR.readTree(reply.body()));
      case "application/xml", "text/xml" -> xml(reply);
      default -> "an unknown type";
    };
  }

  private static String json(JsonNode body, boolean ours, Reply reply) {
    boolean named = !ours || reply.header("x-amzn-ErrorType") != null;
    return named && body.path("message").isTextual() ? null : "no error type or message";
  }

  private static String typed(JsonNode body) {
    boolean both = body.path("__type").isTextual() && body.path("message").isTextual();
    return both ? null : "no __type or message";
  }

  private static String xml(Reply reply) throws Exception {
    Document body = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(reply.stream());
    boolean both =
        body.getElementsByTagName("Code").getLength() == 1
            && body.getElementsByTagName("Message").getLength() == 1;
    return both ? null : "no Code or Message";
  }

  private static String type(Protocol protocol) {
    return switch (protocol) {
      case REST_JSON -> "application/json";
      case AWS_JSON_1_0 -> "application/x-amz-json-1.0";
      case AWS_JSON_1_1 -> "application/x-amz-json-1.1";
      case QUERY -> "text/xml";
      case REST_XML -> "application/xml";
      case RPC_V2_CBOR -> "application/cbor";
    };
  }
}
