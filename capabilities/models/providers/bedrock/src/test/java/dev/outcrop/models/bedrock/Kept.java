package dev.outcrop.models.bedrock;

import dev.outcrop.wire.EventSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.core.SdkResponse;

/** Keeps what it gets. */
final class Kept<E> implements EventSink<E> {
  final List<SdkResponse> heads = new CopyOnWriteArrayList<>();
  final List<E> sent = new CopyOnWriteArrayList<>();

  @Override
  public void respond(SdkResponse initial) {
    heads.add(initial);
  }

  @Override
  public void send(E event) {
    sent.add(event);
  }
}
