package dev.outcrop.conformance.clients;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/**
 * An AWS client as its users have it. Requests and answers are JSON by the names of AWS's own
 * models, which all clients share; a blob in a request is {@code {"$text": "…"}} or {@code
 * {"$file": "path"}}, one in an answer is its text or, when large, its length and SHA-256.
 */
public interface Client extends AutoCloseable {
  /** As {@code leaveAfter}: reads a stream to its end. */
  int NEVER = 0;

  /** What the client can't do, by its own design. */
  enum Lack {
    /** Event streams: synchronous Java clients and the AWS CLI have none. */
    STREAMS,
    /** Presigned URLs to put objects with. */
    PRESIGNED_PUT,
    /** A socket. */
    HTTP
  }

  boolean lacks(Lack what);

  /** Calls {@code operation} of {@code service}, the latter as the AWS CLI names it. */
  Answer call(String service, String operation, JsonNode input);

  /** Reads an event stream, and leaves after so many events. */
  Answer stream(String service, String operation, JsonNode input, int leaveAfter);

  /** All pages by the client's own paginator, as an array of the pages it shows. */
  Answer pages(String service, String operation, JsonNode input);

  /** Uploads a file the way the client prefers for large ones. */
  Answer upload(String bucket, String key, Path file);

  /** A URL for {@code GetObject} or {@code PutObject}, as member {@code url}. */
  Answer presign(String operation, JsonNode input);

  @Override
  void close();
}
