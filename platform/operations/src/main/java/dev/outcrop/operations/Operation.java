package dev.outcrop.operations;

/**
 * One AWS operation: what names it on the wire and which SDK classes carry it.
 *
 * @param service the service's endpoint name, for example {@code bedrock-agent-runtime}
 * @param name the operation's name, for example {@code RetrieveAndGenerate}
 * @param protocol the protocol the SDKs prefer
 * @param method the HTTP method, upper case
 * @param uri the request URI template, for example {@code /model/{modelId}/converse-stream}, with
 *     any fixed query ({@code /?list-type=2})
 * @param target the {@code X-Amz-Target} value, or null where the protocol has none
 * @param status the HTTP status of success
 * @param streaming which halves stream
 * @param signingName the SigV4 service name of its requests
 * @param apiVersion the API version, as Query requests carry it
 * @param requestClass the SDK's request class
 * @param responseClass the SDK's response class
 */
public record Operation(
    String service,
    String name,
    Protocol protocol,
    String method,
    String uri,
    String target,
    int status,
    Streaming streaming,
    String signingName,
    String apiVersion,
    String requestClass,
    String responseClass) {

  /** {@code bedrock-runtime:Converse}. */
  public String id() {
    return service + ":" + name;
  }
}
