package dev.outcrop.models;

import dev.outcrop.models.catalogue.CatalogueEntry;
import java.util.function.LongSupplier;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A request's native body, read once for the model that it names; the family can read it otherwise
 * for a fall-back. That it can't be read at all is told only when a model needs it read.
 */
final class ReadBody {

  private final Families families;
  private final Target target;
  private final SdkBytes bytes;
  private final boolean streaming;
  private NativeBody body;
  private RuntimeException refused;

  ReadBody(Families families, Target target, SdkBytes bytes, boolean streaming) {
    this.families = families;
    this.target = target;
    this.bytes = bytes;
    this.streaming = streaming;
    try {
      this.body = read(target.entry());
    } catch (RuntimeException e) {
      this.refused = e;
    }
  }

  private NativeBody read(CatalogueEntry entry) {
    return families.read(
        new NativeBodies.Asked(target.name(), entry.described(), bytes, streaming));
  }

  /** The body for a model. */
  NativeBody of(CatalogueEntry entry) {
    if (!entry.equals(target.entry())) {
      return read(entry);
    }
    if (refused != null) {
      throw refused;
    }
    return body;
  }

  /** The most tokens that the body can count as. */
  long inputTokens() {
    if (body instanceof NativeBody.Chat chat) {
      return Estimate.input(chat.request());
    }
    return bytes == null ? 0 : bytes.asByteArrayUnsafe().length;
  }

  /**
   * The most tokens of the answer.
   *
   * @param most of one that sets no bound
   */
  long outputTokens(LongSupplier most) {
    if (body instanceof NativeBody.Chat chat) {
      return Estimate.output(chat.request().inferenceConfig(), most);
    }
    return target.entry().kind() == ModelEntry.Kind.CHAT ? most.getAsLong() : 0;
  }
}
