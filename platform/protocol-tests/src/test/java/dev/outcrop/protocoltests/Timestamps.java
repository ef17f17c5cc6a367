package dev.outcrop.protocoltests;

import java.util.Optional;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.traits.TimestampFormatTrait;

/** The formats of timestamps that a model fixes. */
final class Timestamps {
  private Timestamps() {}

  static Optional<Format> format(MemberShape member, Shape target) {
    return member
        .getTrait(TimestampFormatTrait.class)
        .or(() -> target.getTrait(TimestampFormatTrait.class))
        .map(
            trait ->
                switch (trait.getFormat()) {
                  case DATE_TIME -> Format.ISO_8601;
                  case HTTP_DATE -> Format.RFC_822;
                  case EPOCH_SECONDS -> Format.UNIX_TIMESTAMP;
                  case UNKNOWN -> throw new IllegalArgumentException(member.toString());
                });
  }
}
