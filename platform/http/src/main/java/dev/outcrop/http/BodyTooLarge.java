package dev.outcrop.http;

import java.io.IOException;

/** The request body is longer than the server takes. */
final class BodyTooLarge extends IOException {
  private static final long serialVersionUID = 1L;

  BodyTooLarge(long limit) {
    super("the request body is longer than the limit of " + limit + " bytes");
  }
}
