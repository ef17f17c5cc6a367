package dev.outcrop.operations;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Operations that requests call by name: in a header, an RPC path, or a form. */
final class NamedRoutes {
  private final OperationIndex index;
  private final Map<String, Service> byTargetPrefix = new HashMap<>();
  private final Map<String, Service> byVersion = new HashMap<>();

  NamedRoutes(OperationIndex index) {
    this.index = index;
    for (Service service : index.services()) {
      String prefix = service.targetPrefix();
      if (!prefix.isEmpty()) {
        byTargetPrefix.put(prefix, service);
        // CloudTrail's is qualified by a package name that old clients leave out.
        byTargetPrefix.putIfAbsent(prefix.substring(prefix.lastIndexOf('.') + 1), service);
      }
      if (service.protocols().contains(Protocol.QUERY)) {
        byVersion.put(service.apiVersion(), service);
      }
    }
  }

  /** {@code X-Amz-Target: Prefix.Operation}. */
  Resolution byTarget(String target, String mediaType) {
    int dot = target.lastIndexOf('.');
    Service service = dot < 0 ? null : byTargetPrefix.get(target.substring(0, dot));
    Protocol asked = mediaType.endsWith("-1.0") ? Protocol.AWS_JSON_1_0 : Protocol.AWS_JSON_1_1;
    Protocol own = service == null ? null : json(service);
    Protocol protocol = own == null || mediaType.startsWith("application/x-amz-json") ? asked : own;
    return named(service, target.substring(dot + 1), protocol, target);
  }

  /** {@code /service/Prefix/operation/Operation}. */
  Resolution byRpcPath(String path) {
    String[] parts = path.split("/", 6);
    boolean whole = parts.length == 5 && parts[3].equals("operation");
    Service service = whole ? byTargetPrefix.get(parts[2]) : null;
    if (service != null && !service.protocols().contains(Protocol.RPC_V2_CBOR)) service = null;
    return named(service, whole ? parts[4] : "", Protocol.RPC_V2_CBOR, path);
  }

  /** {@code Action=Operation&Version=…}; the scope's service comes before the version's. */
  Resolution byForm(QueryString form, Service signedFor) {
    String action = form.get("Action");
    if (action == null) action = "";
    Service service = signedFor;
    if (service == null && form.get("Version") != null)
      service = byVersion.get(form.get("Version"));
    return named(
        service, action, Protocol.QUERY, action.isEmpty() ? "a form without Action" : action);
  }

  Resolution byForm(byte[] body, Service signedFor) {
    return byForm(QueryString.parse(new String(body, StandardCharsets.UTF_8)), signedFor);
  }

  private static Protocol json(Service service) {
    for (Protocol protocol : service.protocols()) {
      if (protocol == Protocol.AWS_JSON_1_0 || protocol == Protocol.AWS_JSON_1_1) return protocol;
    }
    return null;
  }

  private Resolution named(Service service, String name, Protocol protocol, String requested) {
    Operation operation = service == null ? null : index.find(service.name(), name);
    if (operation == null) return new Resolution.UnknownOperation(service, protocol, requested);
    return new Resolution.Found(operation, protocol, Map.of());
  }
}
