package dev.outcrop.wire.protocol;

import dev.outcrop.wire.shape.Member;
import dev.outcrop.wire.shape.Shape;
import software.amazon.awssdk.core.SdkPojo;

/** A format in which structures travel in bodies and events: JSON, CBOR or XML. */
public interface BodyFormat {

  String contentType();

  /**
   * Reads the parts of a body into the builder; an empty body has none.
   *
   * @throws dev.outcrop.wire.RefusedException where it is malformed
   */
  void read(byte[] body, SdkPojo builder, Shape shape);

  /** Reads a body that is one member. */
  Object readPayload(byte[] body, Member payload);

  /**
   * Writes the parts of a body.
   *
   * @param name the root's name, in formats that name it
   */
  byte[] write(SdkPojo pojo, Shape shape, String name);

  /** Writes a body that is one member. */
  byte[] writePayload(Object value, Member payload);

  /** Writes an error. */
  byte[] writeError(Failure failure, String requestId);
}
