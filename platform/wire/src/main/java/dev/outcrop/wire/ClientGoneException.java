package dev.outcrop.wire;

/** The client closed its connection: there is nobody left to answer. */
public final class ClientGoneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ClientGoneException(Throwable cause) {
    super("the client closed the connection", cause);
  }
}
