package dev.outcrop.logs.invocations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.calls.CallObserver;
import dev.outcrop.models.calls.ModelCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Logs calls of models as Bedrock does, without holding them up: a call puts what is known of it
 * into a bounded queue, from which one thread writes. When writing can't keep up and the queue is
 * full, records are lost, counted in metrics and told of in the server's own log; as with AWS,
 * delivery is an effort and no promise, and no call waits or fails for it.
 */
public final class InvocationLog implements CallObserver, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(InvocationLog.class.getName());

  private static final int MOST_CALLS = 8_192;
  private static final long MOST_BYTES = 64L << 20;
  private static final int AT_ONCE = 500;

  /** Up to here the writer is at hand and nobody has to look how large a call is. */
  private static final int FEW = 32;

  /** Wakes the writer, which must not be interrupted: that would close files under its hands. */
  private static final Logged WAKE = new Logged(null, null, null);

  private final InvocationLogging configuration;
  private final Destinations destinations;
  private final LogDeliveries deliveries;
  private final Duration every;
  private final LinkedBlockingQueue<Logged> queue = new LinkedBlockingQueue<>(MOST_CALLS);
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private volatile Thread writer;
  private volatile boolean closed;

  /** A log whose files are written to S3 every five seconds or five megabytes. */
  public InvocationLog(
      InvocationLogging configuration, Destinations destinations, LogDeliveries deliveries) {
    this(configuration, destinations, deliveries, Duration.ofSeconds(5));
  }

  InvocationLog(
      InvocationLogging configuration,
      Destinations destinations,
      LogDeliveries deliveries,
      Duration every) {
    this.configuration = configuration;
    this.destinations = destinations;
    this.deliveries = deliveries;
    this.every = every;
  }

  @Override
  public Watch begin(ModelCall call) {
    return configuration
        .of(new InvocationLogging.Place(call.account(), call.region()))
        .<Watch>map(config -> new Logged(call, config, this::add))
        .orElse(Watch.NONE);
  }

  /** How many records were not delivered since the start. */
  public long lost() {
    return lost.get();
  }

  private void add(Logged logged) {
    logged.weight = queue.size() < FEW ? 0 : weight(logged);
    if (closed || bytes.addAndGet(logged.weight) > MOST_BYTES || !queue.offer(logged)) {
      bytes.addAndGet(-logged.weight);
      lost(1, "the queue is full");
      count(logged, LogDeliveries.Result.DROPPED);
    } else if (writer == null) {
      start();
    }
  }

  private void count(Logged logged, LogDeliveries.Result result) {
    for (LogDeliveries.Destination to : LogDeliveries.Destination.of(logged.config)) {
      deliveries.count(logged.call.account(), logged.call.region(), to, result, 1);
    }
  }

  private static long weight(Logged logged) {
    JsonNode answer = logged.pieces().only();
    return weight(logged.call.input().get())
        + logged.pieces().bytes()
        + (answer == null ? 0 : weight(answer));
  }

  private static long weight(JsonNode node) {
    if (node.isValueNode()) {
      return 16 + (node.isTextual() ? node.textValue().length() : 0);
    }
    long sum = 48;
    for (JsonNode child : node) {
      sum += weight(child);
    }
    return sum;
  }

  /** Says so, but not for each: a full queue must not fill the server's own log too. */
  private void lost(int records, String why) {
    long before = lost.getAndAdd(records);
    if (Long.numberOfLeadingZeros(before) != Long.numberOfLeadingZeros(before + records)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} records of model calls were not logged so far: {1}",
          before + records,
          why);
    }
  }

  private synchronized void start() {
    if (writer == null && !closed) {
      writer = Thread.ofPlatform().daemon().name("invocation-log").start(this::write);
    }
  }

  private void write() {
    Delivery delivery =
        new Delivery(
            destinations.logs().get(), destinations.s3().get(), deliveries, lost::addAndGet);
    List<Logged> batch = new ArrayList<>();
    long due = System.nanoTime() + every.toNanos();
    while (!closed || !queue.isEmpty()) {
      try {
        Logged first = queue.poll(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, AT_ONCE - 1);
          batch.removeIf(logged -> logged == WAKE);
          delivery.deliver(batch);
        }
        if (System.nanoTime() - due >= 0) {
          delivery.flush();
          due = System.nanoTime() + every.toNanos();
        }
      } catch (InterruptedException e) {
        // nobody does that
      } catch (RuntimeException e) {
        lost(batch.size(), String.valueOf(e.getMessage()));
        batch.forEach(logged -> count(logged, LogDeliveries.Result.FAILED));
      }
      batch.forEach(logged -> bytes.addAndGet(-logged.weight));
      batch.clear();
    }
    delivery.flush();
  }

  /** Delivers all that is in the queue. */
  @Override
  public void close() {
    Thread thread;
    synchronized (this) {
      closed = true;
      thread = writer;
    }
    if (thread == null) {
      return;
    }
    queue.offer(WAKE); // a full queue needs none
    try {
      thread.join(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
