package dev.outcrop.models.files;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A GET that follows redirects, remembers what they said of the file, and keeps credentials with
 * the host they are for.
 *
 * @param headers sent to the host of {@code uri} only
 * @param from first byte wanted; 0 for all
 * @param etag what the first bytes were part of; null when {@code from} is 0
 */
record WebRequest(URI uri, Map<String, String> headers, long from, String etag) {

  private static final int MAX_REDIRECTS = 10;

  /**
   * @param linkedSha256 from an {@code x-linked-etag} header, which Hugging Face fills with it; or
   *     null
   */
  record Reply(HttpResponse<InputStream> response, String linkedSha256) {

    int status() {
      return response.statusCode();
    }

    private String contentRange() {
      return response.headers().firstValue("content-range").orElse("");
    }

    /** Whether a partial answer begins where it was asked to. */
    boolean startsAt(long from) {
      return contentRange().startsWith("bytes " + from + "-");
    }

    /** Bytes in all; 0 when not known. */
    long total(long have) {
      String total = contentRange().substring(contentRange().lastIndexOf('/') + 1);
      if (total.matches("\\d{1,18}")) {
        return Long.parseLong(total);
      }
      long rest = response.headers().firstValueAsLong("content-length").orElse(-1);
      return rest < 0 ? 0 : have + rest;
    }

    /** Only a strong ETag promises the same bytes. */
    Optional<String> strongEtag() {
      return response.headers().firstValue("etag").filter(etag -> etag.startsWith("\""));
    }
  }

  /** Sends it. The caller closes the body. */
  Reply send(HttpClient client) throws IOException, InterruptedException {
    URI here = uri;
    String linked = null;
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      HttpResponse<InputStream> response =
          client.send(request(here), HttpResponse.BodyHandlers.ofInputStream());
      linked = linked == null ? linkedSha256(response) : linked;
      Optional<String> location = response.headers().firstValue("location");
      if (response.statusCode() / 100 != 3 || location.isEmpty()) {
        return new Reply(response, linked);
      }
      response.body().close();
      here = redirected(here, location.get());
    }
    throw new DownloadException(uri + " redirects more than " + MAX_REDIRECTS + " times");
  }

  private HttpRequest request(URI here) {
    HttpRequest.Builder request = HttpRequest.newBuilder(here).timeout(Duration.ofMinutes(2));
    if (here.getAuthority().equals(uri.getAuthority())) {
      headers.forEach(request::header);
    }
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-").header("If-Range", etag);
    }
    return request.build();
  }

  private static URI redirected(URI from, String location) {
    URI to = from.resolve(location);
    if (to.getAuthority() == null) {
      throw new DownloadException(from + " redirects to nowhere: " + location);
    }
    if ("https".equals(from.getScheme()) && !"https".equals(to.getScheme())) {
      throw new DownloadException(from + " redirects to an address that is not encrypted: " + to);
    }
    return to;
  }

  private static String linkedSha256(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("x-linked-etag")
        .map(value -> value.replace("\"", ""))
        .filter(value -> value.matches("[0-9a-f]{64}"))
        .orElse(null);
  }
}
