package dev.outcrop.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * LiteLLM's proxy from its package, installed once into {@code .cache}; with a master key and
 * otherwise as it comes.
 */
final class LiteLlm {
  private static final String VERSION = "1.106.0";
  private static final int PATIENCE_SECONDS = 60;

  private LiteLlm() {}

  static GatewayProcess start(Scratch scratch, int upstream, String key)
      throws IOException, InterruptedException {
    Path command = installed();
    Path config = scratch.resolve("litellm.yaml");
    Files.writeString(
        config,
        """
        model_list:
          - model_name: %s
            litellm_params: {model: openai/now, api_base: "http://127.0.0.1:%d/v1", api_key: sk-upstream}
          - model_name: %s
            litellm_params: {model: openai/%s, api_base: "http://127.0.0.1:%d/v1", api_key: sk-upstream}
        general_settings: {master_key: %s}
        """
            .formatted(Gateway.NOW, upstream, Gateway.PACED, Gateway.PACE, upstream, key));
    int port = GatewayProcess.freePort();
    Path log = scratch.resolve("litellm.log");
    GatewayProcess proxy =
        GatewayProcess.command(
            port,
            log,
            // its table of prices comes from its package instead of the network
            Map.of("LITELLM_LOCAL_MODEL_COST_MAP", "True"),
            command.toString(),
            "--config",
            config.toString(),
            "--host",
            "127.0.0.1",
            "--port",
            Integer.toString(port));
    for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
      if (!proxy.process().isAlive()) {
        throw new IOException("LiteLLM did not start:\n" + Files.readString(log));
      }
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return proxy;
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    proxy.close();
    throw new IOException("LiteLLM was not ready in time:\n" + Files.readString(log));
  }

  private static Path installed() throws IOException, InterruptedException {
    Path folder = Path.of(System.getenv("OUTCROP_ROOT"), ".cache", "litellm-" + VERSION);
    Path done = folder.resolve("installed");
    if (!Files.exists(done)) {
      System.err.println("Installing LiteLLM " + VERSION + " ...");
      run("python3", "-m", "venv", "--clear", folder.toString());
      run(folder.resolve("bin/pip").toString(), "install", "-q", "litellm[proxy]==" + VERSION);
      Files.createFile(done);
    }
    return folder.resolve("bin/litellm");
  }

  private static void run(String... command) throws IOException, InterruptedException {
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException("failed: " + String.join(" ", command));
    }
  }
}
