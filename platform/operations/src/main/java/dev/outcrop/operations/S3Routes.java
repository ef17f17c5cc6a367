package dev.outcrop.operations;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * S3's operations: the bucket stands in the host or comes first in the path, the rest of the path
 * is the key with every slash of it, and most operations differ only in query and headers.
 */
final class S3Routes {
  private static final String WRITE_GET_OBJECT_RESPONSE = "/WriteGetObjectResponse";

  /** Parameters that old clients send without a value and that select no operation. */
  private static final Set<String> BARE_PARAMETERS =
      Set.of("prefix", "delimiter", "marker", "max-keys", "versionId", "encoding-type", "x-id");

  private final Service service;
  private final Set<String> serviceNames;
  private final Map<String, List<Route>> root = new HashMap<>();
  private final Map<String, List<Route>> bucket = new HashMap<>();
  private final Map<String, List<Route>> object = new HashMap<>();
  private Route writeGetObjectResponse;

  S3Routes(OperationIndex index, Set<String> serviceNames) {
    service = index.service("s3");
    this.serviceNames = serviceNames;
    for (Operation operation : index.operations("s3")) add(Route.of(operation));
  }

  private void add(Route route) {
    Map<String, List<Route>> group =
        switch (String.join("/", route.segments())) {
          case "" -> root;
          case "{Bucket}" -> bucket;
          case "{Bucket}/{Key+}" -> object;
          case "WriteGetObjectResponse" -> null;
          default -> throw new IllegalStateException("Unexpected S3 path of " + route.operation());
        };
    if (group == null) writeGetObjectResponse = route;
    else group.computeIfAbsent(route.operation().method(), key -> new ArrayList<>()).add(route);
  }

  Resolution resolve(RequestHead request) {
    if (owns(request)) {
      return found(writeGetObjectResponse, Map.of());
    }
    String path = request.path.substring(1);
    String name = hostBucket(request.header("host"));
    String key = path;
    if (name == null) {
      int slash = path.indexOf('/');
      name = slash < 0 ? path : path.substring(0, slash);
      key = slash < 0 ? "" : path.substring(slash + 1);
    }
    if (name.isEmpty() && key.isEmpty()) return choose(root, request, Map.of());
    if (name.isEmpty()) return unknown(request);
    if (key.isEmpty()) return choose(bucket, request, Map.of("Bucket", name));
    return choose(object, request, Map.of("Bucket", name, "Key", key));
  }

  /** The one path that is no bucket's. */
  boolean owns(RequestHead request) {
    return request.path.equals(WRITE_GET_OBJECT_RESPONSE) && request.method.equals("POST");
  }

  private Resolution choose(
      Map<String, List<Route>> group, RequestHead request, Map<String, String> labels) {
    List<Route> routes = group.get(request.method);
    List<Route> fitting = routes == null ? null : Selection.fitting(routes, request);
    if (fitting == null) return unknown(request);
    Route route = fitting.size() == 1 ? fitting.getFirst() : byId(fitting, request);
    return selectsOther(route, request) ? unknown(request) : found(route, labels);
  }

  /** Operations alike in all but name, as ListBuckets and ListDirectoryBuckets are. */
  private static Route byId(List<Route> routes, RequestHead request) {
    String id = request.query().get("x-id");
    boolean directory = "s3express".equals(request.scope().service());
    for (Route route : routes) {
      String name = route.operation().name();
      if (id != null ? name.equals(id) : name.contains("Directory") == directory) return route;
    }
    return routes.getFirst();
  }

  /**
   * Whether a bare parameter asks for a subresource that the route does not know: taking {@code PUT
   * /bucket/key?new-thing} for PutObject would overwrite the object.
   */
  private static boolean selectsOther(Route route, RequestHead request) {
    if (request.rawQuery == null) return false;
    for (Map.Entry<String, String> parameter : request.query().parameters().entrySet()) {
      String name = parameter.getKey();
      if (parameter.getValue() == null
          && !name.isEmpty()
          && !route.query().containsKey(name)
          && !BARE_PARAMETERS.contains(name)) {
        return true;
      }
    }
    return false;
  }

  /** The bucket before {@code .s3.…} or {@code .localhost}, or null where the host names none. */
  String hostBucket(String host) {
    if (host == null || host.startsWith("[")) return null;
    int colon = host.lastIndexOf(':');
    String name = (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
    int end = name.indexOf(".s3.");
    if (end < 0) end = name.indexOf(".s3-");
    if (end < 0 && name.endsWith(".localhost")) end = name.length() - ".localhost".length();
    if (end <= 0) return null;
    String bucket = name.substring(0, end);
    return serviceNames.contains(bucket) ? null : bucket;
  }

  private static Resolution found(Route route, Map<String, String> labels) {
    return new Resolution.Found(route.operation(), Protocol.REST_XML, labels);
  }

  private Resolution unknown(RequestHead request) {
    return new Resolution.UnknownOperation(service, Protocol.REST_XML, request.line());
  }
}
