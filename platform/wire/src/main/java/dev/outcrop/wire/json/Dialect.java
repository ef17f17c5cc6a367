package dev.outcrop.wire.json;

/** How the same members are spelt in the formats that Jackson reads and writes. */
public enum Dialect {
  /** REST-JSON and AWS-JSON: wire names, base64 blobs, timestamps as the model says. */
  JSON,
  /** RPC-v2-CBOR: wire names, byte strings, timestamps as tag 1. */
  CBOR,
  /** What {@link dev.outcrop.wire.SdkJson} keeps: SDK names, every member, nothing rounded. */
  STORED
}
