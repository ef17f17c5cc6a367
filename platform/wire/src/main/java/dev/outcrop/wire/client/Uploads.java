package dev.outcrop.wire.client;

import dev.outcrop.wire.shape.Member;
import dev.outcrop.wire.shape.Shape;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/** What HTTP clients say in headers about the body they send. */
final class Uploads {
  private Uploads() {}

  /** The request with the length and type of its body, where it has members for them. */
  static SdkRequest describe(SdkRequest request, Long length, String contentType) {
    SdkPojo builder = (SdkPojo) request.toBuilder();
    for (Member member : Shape.of(request).heads()) {
      if (member.get(request) == null) {
        if (length != null && "Content-Length".equalsIgnoreCase(member.readName())) {
          member.set(builder, length);
        } else if ("Content-Type".equalsIgnoreCase(member.readName())) {
          member.set(builder, contentType);
        }
      }
    }
    return (SdkRequest) Shape.build(builder);
  }
}
