package dev.outcrop.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection that notices when its client leaves while nobody reads from it.
 *
 * <p>An HTTP/1.1 connection is not read between the end of a request and the end of its response,
 * so that a closed socket would go unnoticed until something is written. While watched, this end
 * point reads on its own: the end of the stream means that the client has left; bytes of a next
 * (pipelined) request are kept and handed to the connection when it asks for them. Only one party
 * may be registered with the selector, so once watched, the connection's own interest to read is
 * kept here ({@code reader}) and this end point's callback is the one that is registered.
 */
final class ClientEndPoint extends SocketChannelEndPoint {
  private static final int EARLY_BYTES = 16 << 10;

  private final Executor executor;
  private final OpenExchanges open;
  private final ReentrantLock lock = new ReentrantLock();
  private final Callback readable =
      Callback.from(this::onReadable, this::onFailed); // may block, so never on the selector

  private final Set<Runnable> whenLeft = ConcurrentHashMap.newKeySet();

  private boolean watching;
  private Callback reader;
  private boolean registered;
  private boolean everWatched;
  private ByteBuffer early;

  private volatile boolean handling;
  private volatile long headSince;

  ClientEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      Executor executor,
      OpenExchanges open) {
    super(channel, selector, key, scheduler);
    this.executor = executor;
    this.open = open;
  }

  /** Runs the action, on a thread of its own, once it is known that the client has left. */
  void onLeave(Runnable action) {
    whenLeft.add(action);
  }

  void forget(Runnable action) {
    whenLeft.remove(action);
  }

  /** Starts to look for the end of the stream while nobody else reads. */
  void watch() {
    lock.lock();
    try {
      watching = true;
      everWatched = true;
      register();
    } finally {
      lock.unlock();
    }
  }

  void unwatch() {
    lock.lock();
    try {
      watching = false;
    } finally {
      lock.unlock();
    }
  }

  private void left() {
    if (!whenLeft.isEmpty()) {
      executor.execute(() -> whenLeft.forEach(Runnable::run));
    }
  }

  /** A request's headers are complete: from here on its handler sets the pace. */
  void requestBegan() {
    handling = true;
    headSince = 0;
  }

  void requestEnded() {
    handling = false;
  }

  void closeIfSlow(long now, long limitNanos) {
    long since = headSince;
    if (since != 0 && now - since > limitNanos) {
      headSince = 0;
      if (!speaksHttp2()) {
        close(new TimeoutException("the client took too long to send the headers of a request"));
      }
    }
  }

  private boolean speaksHttp2() {
    Connection connection = getConnection();
    if (connection instanceof SslConnection tls) {
      connection = tls.getSslEndPoint().getConnection();
    }
    return connection instanceof HTTP2Connection;
  }

  @Override
  public void onOpen() {
    super.onOpen();
    open.add(this);
  }

  @Override
  public void onClose(Throwable cause) {
    open.remove(this);
    left();
    super.onClose(cause);
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    int filled = everWatched() ? fillWatched(buffer) : super.fill(buffer);
    if (filled < 0) {
      left();
    } else if (filled > 0 && !handling && headSince == 0) {
      headSince = System.nanoTime();
    }
    return filled;
  }

  private boolean everWatched() {
    lock.lock();
    try {
      return everWatched;
    } finally {
      lock.unlock();
    }
  }

  private int fillWatched(ByteBuffer buffer) throws IOException {
    lock.lock();
    try {
      return hasEarly() ? BufferUtil.append(buffer, early) : super.fill(buffer);
    } finally {
      lock.unlock();
    }
  }

  private boolean hasEarly() {
    return early != null && early.hasRemaining();
  }

  @Override
  public void fillInterested(Callback callback) {
    if (!tryFillInterested(callback)) {
      throw new java.nio.channels.ReadPendingException();
    }
  }

  @Override
  public boolean tryFillInterested(Callback callback) {
    lock.lock();
    try {
      if (!everWatched) {
        return super.tryFillInterested(callback);
      }
      if (reader != null) {
        return false;
      }
      if (hasEarly()) {
        executor.execute(callback::succeeded);
      } else {
        reader = callback;
        register();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isFillInterested() {
    lock.lock();
    try {
      return everWatched ? reader != null : super.isFillInterested();
    } finally {
      lock.unlock();
    }
  }

  private void register() {
    if (!registered) {
      // False when the connection registered itself before it was watched: it is reading, so it
      // will notice by itself.
      registered = super.tryFillInterested(readable);
    }
  }

  private void onReadable() {
    Callback next;
    lock.lock();
    try {
      next = takeReader();
      if (next == null && watching && readEarly()) {
        left();
      }
    } finally {
      lock.unlock();
    }
    if (next != null) {
      next.succeeded();
    }
  }

  /** Reads what is there; true at the end of the stream. */
  private boolean readEarly() {
    if (early == null) {
      early = BufferUtil.allocate(EARLY_BYTES);
    }
    try {
      if (super.fill(early) < 0) {
        return true;
      }
    } catch (IOException e) {
      return true;
    }
    if (BufferUtil.space(early) > 0) {
      register();
    }
    return false;
  }

  private void onFailed(Throwable failure) {
    Callback next;
    lock.lock();
    try {
      next = takeReader();
    } finally {
      lock.unlock();
    }
    left();
    if (next != null) {
      next.failed(failure);
    }
  }

  private Callback takeReader() {
    registered = false;
    Callback next = reader;
    reader = null;
    return next;
  }
}
