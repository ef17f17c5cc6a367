package dev.outcrop.cli;

import java.io.IOException;
import java.nio.file.Path;
import software.amazon.awssdk.core.SdkClient;

/** The system, open for one command. */
public interface Session extends AutoCloseable {

  /** An SDK client for a service: in this process or over HTTP to the running server. */
  <C extends SdkClient> C client(Class<C> type);

  /** Shows a folder as a read-only S3 bucket of that name. */
  void shareFolder(String bucket, Path folder) throws IOException;

  /**
   * The id by which the operations know a model named on the command line: a configured id, a GGUF
   * file, or {@code hf:owner/repo/file.gguf}; fetched first if it isn't on this machine.
   */
  String model(String named, ModelShelf.Progress progress) throws IOException, InterruptedException;

  @Override
  void close();
}
