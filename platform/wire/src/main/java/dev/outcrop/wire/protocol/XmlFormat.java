package dev.outcrop.wire.protocol;

import dev.outcrop.operations.Operation;
import dev.outcrop.wire.shape.Member;
import dev.outcrop.wire.shape.Shape;
import dev.outcrop.wire.xml.XmlReader;
import dev.outcrop.wire.xml.XmlText;
import dev.outcrop.wire.xml.XmlWriter;
import software.amazon.awssdk.core.SdkPojo;

/** The XML bodies of S3, the one REST-XML service of the index. */
final class XmlFormat implements BodyFormat {
  private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
  private static final String UNWRAPPED = "GetBucketLocation";

  @Override
  public String contentType() {
    return "application/xml";
  }

  @Override
  public void read(byte[] body, SdkPojo builder, Shape shape) {
    if (body.length > 0) {
      XmlReader.read(body, builder, shape);
    }
  }

  @Override
  public Object readPayload(byte[] body, Member payload) {
    return body.length == 0 ? null : XmlReader.read(body, payload);
  }

  @Override
  public byte[] write(SdkPojo pojo, Shape shape, String name) {
    if (name.equals(UNWRAPPED)) {
      return location(pojo, shape);
    }
    XmlText xml = XmlText.document();
    String root = RootNames.of(name);
    xml.open(root, NAMESPACE);
    new XmlWriter(xml).members(pojo, shape);
    return xml.close(root).bytes();
  }

  /** Whether the response's root is its only member, which the SDK marks like a text payload. */
  static boolean isUnwrapped(Operation operation) {
    return operation.name().equals(UNWRAPPED);
  }

  private static byte[] location(SdkPojo pojo, Shape shape) {
    Object region = shape.payload().get(pojo);
    XmlText xml = XmlText.document().open("LocationConstraint", NAMESPACE);
    return xml.characters(region == null ? "" : region.toString())
        .close("LocationConstraint")
        .bytes();
  }

  @Override
  public byte[] writePayload(Object value, Member payload) {
    XmlText xml = XmlText.document();
    new XmlWriter(xml).value(payload.writeName().getValue(), value, payload);
    return xml.bytes();
  }

  @Override
  public byte[] writeError(Failure failure, String requestId) {
    XmlText xml = XmlText.document().open("Error");
    xml.element("Code", failure.code()).message(failure.message());
    if (failure.members() != null) {
      new XmlWriter(xml).members(failure.members(), Shape.of(failure.members()));
    }
    return xml.element("RequestId", requestId).element("HostId", "outcrop").close("Error").bytes();
  }
}
