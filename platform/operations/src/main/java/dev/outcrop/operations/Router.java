package dev.outcrop.operations;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Tells which operation of which service a request calls, all services sharing one port.
 *
 * <p>In this order: the {@code X-Amz-Target} header; the path {@code /service/X/operation/Y} with a
 * {@code smithy-protocol} header; a form's {@code Action} and {@code Version}; the service that the
 * request is signed for, with method and path; and for unsigned and bearer requests the paths of
 * all REST-JSON services, then S3 (never with a bearer token, and never under a first segment that
 * is another service's). No request makes it throw. Safe for use by many threads.
 */
public final class Router {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final OperationIndex index;
  private final NamedRoutes named;
  private final S3Routes s3;
  private final Map<String, List<Service>> bySigningName = new HashMap<>();
  private final Map<String, RestRoutes> routesBySigningName = new ConcurrentHashMap<>();
  private volatile RestRoutes all;

  public Router(OperationIndex index) {
    this.index = index;
    this.named = new NamedRoutes(index);
    Set<String> names = new HashSet<>();
    for (Service service : index.services()) {
      names.add(service.name());
      names.add(service.endpointPrefix());
      bySigningName.computeIfAbsent(service.signingName(), key -> new ArrayList<>()).add(service);
    }
    this.s3 = new S3Routes(index, names);
    for (Service service : index.services()) {
      bySigningName.putIfAbsent(service.name(), List.of(service));
    }
    bySigningName.put("s3express", bySigningName.get("s3"));
    bySigningName.put("s3-object-lambda", bySigningName.get("s3"));
  }

  /**
   * Resolves a request from its head.
   *
   * @param method the HTTP method, upper case
   * @param rawPath the path as sent, percent-encoded
   * @param rawQuery the query as sent, or null
   * @param header the first value of a header by its lower-case name, or null
   */
  public Resolution resolve(
      String method, String rawPath, String rawQuery, Function<String, String> header) {
    RequestHead request = new RequestHead(method, rawPath, rawQuery, header);
    String target = request.header("x-amz-target");
    if (target != null) return named.byTarget(target, request.mediaType());
    if (!request.path.startsWith("/")) return unknown(null, request);
    if (request.path.startsWith("/service/") && request.header("smithy-protocol") != null) {
      return named.byRpcPath(request.path);
    }
    Resolution byForm = request.path.equals("/") ? byForm(request) : null;
    return byForm != null ? byForm : byPath(request);
  }

  /** Forms go to the root path, with the operation in the body or, by GET, in the query. */
  private Resolution byForm(RequestHead request) {
    boolean inQuery = request.rawQuery != null && request.rawQuery.contains("Action=");
    boolean inBody = request.method.equals("POST") && request.mediaType().equals(FORM);
    if (!inQuery && !inBody) return null;
    List<Service> services = signedFor(request);
    Service signedFor = null;
    if (request.scope().service() != null) {
      signedFor = services.stream().filter(Router::speaksQuery).findFirst().orElse(null);
      if (signedFor == null) return null;
    }
    if (inQuery && request.query().has("Action")) return named.byForm(request.query(), signedFor);
    Service service = signedFor;
    return inBody ? new Resolution.NeedsBody(body -> named.byForm(body, service)) : null;
  }

  private static boolean speaksQuery(Service service) {
    return service.protocols().contains(Protocol.QUERY);
  }

  private Resolution byPath(RequestHead request) {
    String scope = request.scope().service();
    if (scope == null) return unsigned(request);
    List<Service> services = signedFor(request);
    if (services.isEmpty()) return unknown(null, request);
    if (services.getFirst().name().equals("s3")) return s3.resolve(request);
    Resolution found = routes(scope, services).resolve(request);
    return found != null ? found : unknown(main(services), request);
  }

  private Resolution unsigned(RequestHead request) {
    RestRoutes routes = all();
    Resolution found = routes.resolve(request);
    if (found != null) return found;
    int slash = request.path.indexOf('/', 1);
    String first = slash < 0 ? request.path.substring(1) : request.path.substring(1, slash);
    boolean others = routes.starts(first) || !bucketName(first) && !s3.owns(request);
    if (request.scope().bearer() || others && s3.hostBucket(request.header("host")) == null) {
      return unknown(null, request);
    }
    return s3.resolve(request);
  }

  /** Whether S3 would take the name for a bucket; the empty one is the list of buckets. */
  private static boolean bucketName(String name) {
    return name.isEmpty() || name.length() >= 3 && name.matches("[a-z0-9][a-z0-9.-]{1,62}");
  }

  private List<Service> signedFor(RequestHead request) {
    String scope = request.scope().service();
    return scope == null ? List.of() : bySigningName.getOrDefault(scope, List.of());
  }

  private RestRoutes routes(String scope, List<Service> services) {
    return routesBySigningName.computeIfAbsent(scope, key -> new RestRoutes(index, services));
  }

  private RestRoutes all() {
    if (all == null) all = new RestRoutes(index, index.services());
    return all;
  }

  /** Of several services that sign alike, one with REST paths, since those were looked through. */
  private static Service main(List<Service> services) {
    return services.stream().filter(Service::restful).findFirst().orElse(services.getFirst());
  }

  private static Resolution unknown(Service service, RequestHead request) {
    Protocol protocol =
        switch (request.mediaType()) {
          case "application/x-amz-json-1.0" -> Protocol.AWS_JSON_1_0;
          case "application/x-amz-json-1.1" -> Protocol.AWS_JSON_1_1;
          case "application/cbor" -> Protocol.RPC_V2_CBOR;
          default -> service == null ? Protocol.REST_JSON : service.protocol();
        };
    return new Resolution.UnknownOperation(service, protocol, request.line());
  }
}
