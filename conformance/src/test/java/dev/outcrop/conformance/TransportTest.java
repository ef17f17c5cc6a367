package dev.outcrop.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outcrop.conformance.running.Command;
import dev.outcrop.conformance.running.Homes;
import dev.outcrop.conformance.running.OutcropProcess;
import dev.outcrop.conformance.running.Stage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrock.BedrockClient;

/** TLS, compressed bodies and {@code Expect: 100-continue}. */
final class TransportTest {
  private static final String EMBED = "/model/amazon.titan-embed-text-v2%3A0/invoke";
  @TempDir Path folder;

  @Test
  void certificatesServeTls() throws Exception {
    Path certificate = folder.resolve("certificate.pem");
    Path key = folder.resolve("key.pem");
    makeCertificate(certificate, key);
    try (OutcropProcess server =
            OutcropProcess.up(
                Homes.fresh("tls"),
                "--set",
                "server.tls.certificate=" + certificate,
                "--set",
                "server.tls.key=" + key);
        BedrockClient bedrock =
            BedrockClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClient(
                    Apache5HttpClient.builder()
                        .tlsTrustManagersProvider(() -> trusting(certificate))
                        .build())
                .build()) {
      assertThat(server.endpoint().getScheme()).isEqualTo("https");
      assertThat(bedrock.listFoundationModels(r -> {}).modelSummaries()).isNotEmpty();
    }
  }

  /** With the JDK's keytool: there need be no openssl. */
  private void makeCertificate(Path certificate, Path key) throws Exception {
    Path store = folder.resolve("store.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Command.run(
        folder,
        Map.of(),
        (keytool
                + " -genkeypair -alias a -keyalg RSA -dname CN=localhost -validity 2"
                + " -ext SAN=dns:localhost,ip:127.0.0.1 -storepass password -keystore "
                + store)
            .split(" "));
    KeyStore made = KeyStore.getInstance(store.toFile(), "password".toCharArray());
    Files.writeString(certificate, pem("CERTIFICATE", made.getCertificate("a").getEncoded()));
    Files.writeString(
        key, pem("PRIVATE KEY", made.getKey("a", "password".toCharArray()).getEncoded()));
  }

  private static String pem(String kind, byte[] der) {
    String text = Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind);
  }

  private static TrustManager[] trusting(Path certificate) {
    try (InputStream in = Files.newInputStream(certificate)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry(
          "a", CertificateFactory.getInstance("X.509").generateCertificate(in));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      return trust.getTrustManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void bodiesMayBeCompressed() throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(body)) {
      gzip.write("{\"inputText\": \"Gneiss\"}".getBytes(UTF_8));
    }
    HttpResponse<String> answer =
        send(
            request()
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"inputTextTokenCount\"");
  }

  @Test
  void bodiesMayWaitForAContinue() throws Exception {
    HttpResponse<String> answer =
        send(
            request()
                .expectContinue(true)
                .POST(HttpRequest.BodyPublishers.ofString("{\"inputText\": \"Gneiss\"}")));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static HttpRequest.Builder request() {
    URI endpoint = Stage.server().endpoint();
    return HttpRequest.newBuilder(URI.create(endpoint + EMBED))
        .version(HttpClient.Version.HTTP_1_1)
        .header("Content-Type", "application/json");
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }
}
