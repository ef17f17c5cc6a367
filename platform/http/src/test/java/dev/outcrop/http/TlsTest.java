package dev.outcrop.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates from files, and both protocols over TLS. */
class TlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir static Path dir;
  private static Path store;
  private static SSLContext trusting;

  @BeforeAll
  static void makeCertificate() throws Exception {
    store = dir.resolve("server.p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String arguments =
        "-genkeypair -alias server -keyalg EC -dname CN=localhost -storetype PKCS12 -storepass "
            + PASSWORD
            + " -ext san=dns:localhost,ip:127.0.0.1 -keystore "
            + store;
    var command = new java.util.ArrayList<>(java.util.List.of(keytool));
    command.addAll(java.util.List.of(arguments.split(" ")));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keyStore().getCertificate("server"));
    managers.init(trusted);
    trusting = SSLContext.getInstance("TLS");
    trusting.init(null, managers.getTrustManagers(), null);
  }

  private static KeyStore keyStore() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void bothProtocolsAreNegotiated(Version version) throws Exception {
    try (var server = start(new Tls.Pkcs12(store, PASSWORD));
        var client = HttpClient.newBuilder().version(version).sslContext(trusting).build()) {
      assertThat(server.endpoint().getScheme()).isEqualTo("https");
      var request = HttpRequest.newBuilder(server.endpoint().resolve("/a%2Fb")).build();
      var response = client.send(request, BodyHandlers.ofString());
      assertThat(response.version()).isEqualTo(version);
      assertThat(response.body()).isEqualTo("/a%2Fb secure");
    }
  }

  @Test
  void pemFilesAreRead() throws Exception {
    Path chain = dir.resolve("chain.pem");
    Path key = dir.resolve("key.pem");
    pem(chain, "CERTIFICATE", keyStore().getCertificate("server").getEncoded());
    pem(key, "PRIVATE KEY", keyStore().getKey("server", PASSWORD.toCharArray()).getEncoded());
    try (var server = start(new Tls.Pem(chain, key));
        var client = HttpClient.newBuilder().sslContext(trusting).build()) {
      var request = HttpRequest.newBuilder(server.endpoint().resolve("/x")).build();
      assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("/x secure");
    }
    assertThatThrownBy(() -> start(new Tls.Pem(chain, chain)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("openssl pkcs8");
    assertThatThrownBy(() -> start(new Tls.Pem(dir.resolve("missing.pem"), key)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("missing.pem");
    assertThatThrownBy(() -> start(new Tls.Pkcs12(store, "wrong")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("server.p12")
        .hasMessageNotContaining("wrong");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void leavingIsNoticed(boolean politely) throws Exception {
    var working = new CountDownLatch(1);
    var told = new CountDownLatch(1);
    try (var server =
            HttpServer.start(
                HttpSettings.defaults().withTls(new Tls.Pkcs12(store, PASSWORD)),
                exchange -> {
                  exchange.onClientGone(told::countDown);
                  working.countDown();
                  wait(told);
                });
        var plain = new Raw(server.port());
        var tls =
            (SSLSocket)
                trusting
                    .getSocketFactory()
                    .createSocket(plain.socket, "localhost", server.port(), false)) {
      tls.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes());
      tls.getOutputStream().flush();
      assertThat(working.await(20, TimeUnit.SECONDS)).isTrue();
      if (politely) {
        tls.close();
      }
      plain.close();
      assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void wait(CountDownLatch latch) throws java.io.IOException {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new java.io.IOException(e);
    }
  }

  private static HttpServer start(Tls tls) throws Exception {
    return HttpServer.start(
        HttpSettings.defaults().withTls(tls),
        exchange ->
            Answers.text(
                exchange, 200, exchange.rawPath() + (exchange.secure() ? " secure" : " plain")));
  }

  private static void pem(Path file, String what, byte[] der) throws Exception {
    String base64 = Base64.getMimeEncoder(64, "\n".getBytes()).encodeToString(der);
    Files.writeString(
        file, "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
  }
}
