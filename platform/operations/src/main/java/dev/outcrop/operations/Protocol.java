package dev.outcrop.operations;

/** The AWS wire protocols that an operation may be called by. */
public enum Protocol {
  REST_JSON,
  AWS_JSON_1_0,
  AWS_JSON_1_1,
  QUERY,
  REST_XML,
  RPC_V2_CBOR
}
