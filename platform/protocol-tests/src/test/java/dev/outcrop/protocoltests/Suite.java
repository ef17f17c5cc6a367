package dev.outcrop.protocoltests;

import dev.outcrop.operations.Protocol;
import java.util.Arrays;
import software.amazon.smithy.model.shapes.ServiceShape;
import software.amazon.smithy.model.shapes.ShapeId;

/** The protocols of Smithy's suites that Outcrop speaks. */
enum Suite {
  REST_JSON(Protocol.REST_JSON, "aws.protocols#restJson1"),
  REST_XML(Protocol.REST_XML, "aws.protocols#restXml"),
  AWS_JSON_1_0(Protocol.AWS_JSON_1_0, "aws.protocols#awsJson1_0"),
  AWS_JSON_1_1(Protocol.AWS_JSON_1_1, "aws.protocols#awsJson1_1"),
  QUERY(Protocol.QUERY, "aws.protocols#awsQuery"),
  CBOR(Protocol.RPC_V2_CBOR, "smithy.protocols#rpcv2Cbor");

  private final Protocol protocol;
  private final ShapeId trait;

  Suite(Protocol protocol, String trait) {
    this.protocol = protocol;
    this.trait = ShapeId.from(trait);
  }

  Protocol protocol() {
    return protocol;
  }

  /** The trait that stands for the protocol in models. */
  ShapeId trait() {
    return trait;
  }

  /** Whether members may travel in path, query, headers and status. */
  boolean rest() {
    return this == REST_JSON || this == REST_XML;
  }

  /** Whether bodies have the names of {@code xmlName}. */
  boolean xml() {
    return this == REST_XML || this == QUERY;
  }

  /** The protocol that the service speaks, or null where Outcrop does not. */
  static Suite of(ServiceShape service) {
    return Arrays.stream(values())
        .filter(suite -> service.hasTrait(suite.trait))
        .findFirst()
        .orElse(null);
  }
}
