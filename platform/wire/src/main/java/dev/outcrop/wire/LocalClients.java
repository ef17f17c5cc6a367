package dev.outcrop.wire;

import dev.outcrop.wire.client.LocalClient;
import java.lang.reflect.Proxy;
import software.amazon.awssdk.core.SdkClient;

/**
 * SDK clients without a socket: the interface's methods call the capabilities in this process.
 *
 * <p>A call is validated as one over HTTP is, and fails as a real client does: with the service's
 * own exceptions, status and request id in them. What nobody implements is the service's base
 * exception with status 501 and code {@code NotImplementedException}. Synchronous calls run on the
 * caller's thread, asynchronous ones on virtual threads; their publishers go no faster than their
 * subscribers ask. The context of the request being served goes with every call.
 */
public final class LocalClients {
  private LocalClients() {}

  /**
   * A client of the given interface, synchronous or asynchronous: {@code
   * LocalClients.create(BedrockRuntimeClient.class, capabilities)}.
   */
  public static <T extends SdkClient> T create(Class<T> client, Capabilities capabilities) {
    return client.cast(
        Proxy.newProxyInstance(
            client.getClassLoader(),
            new Class<?>[] {client},
            new LocalClient(client, capabilities)));
  }
}
