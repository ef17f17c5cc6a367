package dev.outcrop.conformance.clients;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import software.amazon.awssdk.core.SdkClient;

/** Where the Java SDK's clients come from. */
public interface JavaSdk extends AutoCloseable {

  /** The client of a type; the same one each time. */
  <C extends SdkClient> C client(Class<C> type);

  /** Whether the clients talk to a server. */
  boolean http();

  void upload(String bucket, String key, Path file, boolean async) throws Exception;

  String presign(String operation, JsonNode input);

  @Override
  void close();
}
