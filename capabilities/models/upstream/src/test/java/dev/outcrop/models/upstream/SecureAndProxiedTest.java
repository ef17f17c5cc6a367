package dev.outcrop.models.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceUnavailableException;

class SecureAndProxiedTest {

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final UpstreamRequest REQUEST =
      UpstreamRequest.json("/chat", "{}".getBytes(StandardCharsets.UTF_8), "m");

  private static void keytool(String... arguments) throws Exception {
    var command = new java.util.ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(java.util.List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @Test
  void trustsTheAuthoritiesThatItIsTold(@TempDir Path folder) throws Exception {
    String store = folder.resolve("store.p12").toString();
    String certificate = folder.resolve("certificate.pem").toString();
    keytool(
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "EC",
        "-dname",
        "CN=test",
        "-ext",
        "san=ip:127.0.0.1",
        "-keystore",
        store,
        "-storepass",
        "changeit");
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "server",
        "-file",
        certificate,
        "-keystore",
        store,
        "-storepass",
        "changeit");
    try (var server =
        new ScriptedServer(
            (asked, reply) -> reply.json(200, "{}"),
            0,
            context(Path.of(store)).getServerSocketFactory())) {
      String url = "https://127.0.0.1:" + server.port() + "/v1";
      try (var trusting = upstream(Map.of("endpoints.one.url", url, "certificates", certificate))) {
        assertThat(trusting.bytes(REQUEST)).hasSize(2);
      }
      try (var proxy = new ScriptedProxy(server.port());
          var proxied =
              upstream(
                  Map.of(
                      "endpoints.one.url",
                      url,
                      "certificates",
                      certificate,
                      "proxy",
                      proxy.url()))) {
        assertThat(proxied.bytes(REQUEST)).hasSize(2);
        assertThat(proxy.asked).containsExactly("CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1");
      }
      try (var wary = upstream(Map.of("endpoints.one.url", url, "retries", "0"))) {
        assertThatThrownBy(() -> wary.bytes(REQUEST))
            .isInstanceOf(ServiceUnavailableException.class)
            .hasMessageContaining("no secure connection");
      }
    }
  }

  private static SSLContext context(Path file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static Upstream upstream(Map<String, String> more) {
    var flags = new java.util.HashMap<>(more);
    flags.put("type", "openai");
    return new Upstream("gateway", ProviderSettings.of(flags), new BearerProtocol());
  }

  @Test
  void goesThroughAProxy() {
    try (var proxy = new ScriptedServer((asked, reply) -> reply.json(200, "{}"));
        var upstream =
            upstream(
                Map.of(
                    "endpoints.one.url",
                    "http://models.example/v1",
                    "proxy",
                    "http://127.0.0.1:" + proxy.port()))) {
      assertThat(upstream.bytes(REQUEST)).hasSize(2);
      assertThat(proxy.asked.getFirst().path()).isEqualTo("http://models.example/v1/chat");
    }
  }

  @Test
  void refusesFilesWithoutCertificates(@TempDir Path folder) {
    assertThatThrownBy(
            () ->
                upstream(
                    Map.of(
                        "endpoints.one.url",
                        "https://models.example/v1",
                        "certificates",
                        folder.resolve("none.pem").toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("providers.gateway.certificates");
  }
}
