package dev.outcrop.operations;

/** Which half of an operation is a stream rather than one message. */
public enum Streaming {
  NONE,
  /** The request payload is a stream of bytes (S3 PutObject). */
  BLOB_IN,
  /** The response payload is a stream of bytes (S3 GetObject). */
  BLOB_OUT,
  /** Both payloads are streams of bytes. */
  BLOB_BOTH,
  /** The response is an event stream (ConverseStream). */
  EVENTS_OUT,
  /** The request is an event stream, the response one message. */
  EVENTS_IN,
  /** Event streams both ways (InvokeModelWithBidirectionalStream). */
  EVENTS_BOTH
}
