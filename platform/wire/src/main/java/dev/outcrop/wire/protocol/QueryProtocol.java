package dev.outcrop.wire.protocol;

import dev.outcrop.operations.Service;
import dev.outcrop.wire.query.FormReader;
import dev.outcrop.wire.shape.Shape;
import dev.outcrop.wire.xml.XmlText;
import dev.outcrop.wire.xml.XmlWriter;
import software.amazon.awssdk.core.SdkPojo;

/** Query: forms in, XML out. */
final class QueryProtocol implements WireProtocol {
  private static final String TYPE = "text/xml";

  private final BodyFormat format = new XmlFormat();

  @Override
  public BodyFormat format() {
    return format;
  }

  @Override
  public boolean initialEvent() {
    return true;
  }

  @Override
  public SdkPojo read(Binding binding, Incoming incoming) {
    SdkPojo builder = binding.newRequest();
    FormReader.read(incoming.body(), incoming.exchange().rawQuery(), builder, binding.request());
    return builder;
  }

  @Override
  public Answer answer(Binding binding, SdkPojo response, String requestId) {
    String name = binding.operation().name();
    XmlText xml = XmlText.document().open(name + "Response", namespace(binding.service()));
    xml.open(name + "Result");
    new XmlWriter(xml).members(response, binding.response());
    xml.close(name + "Result");
    xml.open("ResponseMetadata").element("RequestId", requestId).close("ResponseMetadata");
    byte[] body = xml.close(name + "Response").bytes();
    return new Answer(binding.operation().status(), Answer.headers(TYPE), body);
  }

  @Override
  public Answer error(Service service, Failure failure, String requestId) {
    XmlText xml = XmlText.document().open("ErrorResponse", namespace(service));
    xml.open("Error").element("Type", failure.sender() ? "Sender" : "Receiver");
    xml.element("Code", failure.queryCode()).message(failure.message());
    if (failure.members() != null) {
      new XmlWriter(xml).members(failure.members(), Shape.of(failure.members()));
    }
    byte[] body = xml.close("Error").element("RequestId", requestId).close("ErrorResponse").bytes();
    return new Answer(failure.status(), Answer.headers(TYPE), body);
  }

  private static String namespace(Service service) {
    return service == null ? null : service.xmlNamespace();
  }
}
