package dev.outcrop.operations;

import java.util.List;

/**
 * What is the same for all operations of one service.
 *
 * @param name the name that the AWS CLI uses, for example {@code bedrock-agent-runtime}
 * @param modelPackage the package of the SDK's model classes
 * @param endpointPrefix the first label of the service's host at AWS
 * @param signingName the SigV4 service name
 * @param apiVersion the API version
 * @param protocols every protocol the service answers, the preferred one first
 * @param targetPrefix what stands before the dot in {@code X-Amz-Target} and between {@code
 *     /service/} and {@code /operation/} in RPC-v2 paths; empty where there is neither
 * @param serviceId the name in the SDKs' user agents, for example {@code Bedrock Agent Runtime}
 * @param xmlNamespace the namespace of XML answers; empty where there are none
 * @param queryCompatible whether errors in other protocols carry the Query code in {@code
 *     x-amzn-query-error} for clients that ask with {@code x-amzn-query-mode}
 */
public record Service(
    String name,
    String modelPackage,
    String endpointPrefix,
    String signingName,
    String apiVersion,
    List<Protocol> protocols,
    String targetPrefix,
    String serviceId,
    String xmlNamespace,
    boolean queryCompatible) {

  /** The protocol the newest SDKs prefer. */
  public Protocol protocol() {
    return protocols.getFirst();
  }

  /** Whether requests are told apart by method and path. */
  public boolean restful() {
    return protocol() == Protocol.REST_JSON || protocol() == Protocol.REST_XML;
  }
}
