package dev.outcrop.wire.protocol;

import dev.outcrop.operations.Protocol;
import dev.outcrop.operations.Service;
import java.util.EnumMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/** One AWS protocol: how requests are read, and responses and errors written. */
public interface WireProtocol {

  /** The protocol of that name. */
  static WireProtocol of(Protocol protocol) {
    return Known.BY_NAME.get(protocol);
  }

  /**
   * Reads a request.
   *
   * @return the builder, filled
   * @throws dev.outcrop.wire.RefusedException where it is malformed
   */
  SdkPojo read(Binding binding, Incoming incoming);

  /** Writes a response; one whose body streams has an empty body here. */
  Answer answer(Binding binding, SdkPojo response, String requestId);

  /**
   * Writes an error.
   *
   * @param service the service, or null where it is not known
   */
  Answer error(Service service, Failure failure, String requestId);

  /** The format of the structures in bodies and events. */
  BodyFormat format();

  /**
   * Whether the members beside an event stream travel as its first event, because the protocol has
   * no place for them in the head.
   */
  boolean initialEvent();

  /** The protocols, made at first use. */
  final class Known {
    private static final Map<Protocol, WireProtocol> BY_NAME = new EnumMap<>(Protocol.class);

    static {
      BY_NAME.put(Protocol.REST_JSON, new RestProtocol(JacksonFormat.restJson(), true));
      BY_NAME.put(Protocol.AWS_JSON_1_0, new RpcProtocol("application/x-amz-json-1.0"));
      BY_NAME.put(Protocol.AWS_JSON_1_1, new RpcProtocol("application/x-amz-json-1.1"));
      BY_NAME.put(Protocol.REST_XML, new RestProtocol(new XmlFormat(), false));
      BY_NAME.put(Protocol.QUERY, new QueryProtocol());
      BY_NAME.put(Protocol.RPC_V2_CBOR, new RpcProtocol());
    }

    private Known() {}
  }
}
