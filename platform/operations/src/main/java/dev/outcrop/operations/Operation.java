package dev.outcrop.operations;

import java.util.List;

/**
 * One AWS operation: what names it on the wire and which SDK classes carry it.
 *
 * @param service the service's endpoint name, for example {@code bedrock-agent-runtime}
 * @param name the operation's name, for example {@code RetrieveAndGenerate}
 * @param protocol the protocol the newest SDKs prefer
 * @param protocols every protocol its service answers, the preferred one first
 * @param method the HTTP method, upper case; {@code POST} where the protocol fixes it
 * @param uri the request URI template, for example {@code /model/{modelId}/converse-stream}, with
 *     any fixed query ({@code /{Bucket}?list-type=2}); {@code /} where the protocol has none
 * @param target the {@code X-Amz-Target} value, or null where the service has none
 * @param status the HTTP status of success
 * @param streaming which halves stream
 * @param signingName the SigV4 service name of its requests
 * @param apiVersion the API version, as Query requests carry it
 * @param requestClass the SDK's request class
 * @param responseClass the SDK's response class
 * @param requiredQuery names of required query parameters
 * @param requiredHeaders lower-case names of required headers
 * @param eventsIn the union of the request's event stream, or null
 * @param eventsOut the union of the response's event stream, or null
 */
public record Operation(
    String service,
    String name,
    Protocol protocol,
    List<Protocol> protocols,
    String method,
    String uri,
    String target,
    int status,
    Streaming streaming,
    String signingName,
    String apiVersion,
    String requestClass,
    String responseClass,
    List<String> requiredQuery,
    List<String> requiredHeaders,
    EventUnion eventsIn,
    EventUnion eventsOut) {

  /** {@code bedrock-runtime:Converse}. */
  public String id() {
    return service + ":" + name;
  }
}
