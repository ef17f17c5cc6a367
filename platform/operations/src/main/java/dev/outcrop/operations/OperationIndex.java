package dev.outcrop.operations;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every operation of every service that Outcrop knows, whether implemented or not.
 *
 * <p>Written by the build from the SDK's jars. Loading reads one text of about 170 KB and touches
 * no model class; a service's rows are parsed when it is first asked for.
 */
public final class OperationIndex {
  private final Map<String, ServiceRows> byName = new LinkedHashMap<>();
  private final Map<String, ServiceRows> byPackage = new LinkedHashMap<>();
  private final List<Service> services;

  private OperationIndex(String text) {
    List<Service> found = new ArrayList<>();
    for (int at = 0; at < text.length(); ) {
      int next = text.indexOf("\nS\t", at);
      int end = next < 0 ? text.length() : next + 1;
      var rows = new ServiceRows(text.substring(at, end));
      found.add(rows.service());
      byName.put(rows.service().name(), rows);
      byPackage.put(rows.service().modelPackage(), rows);
      at = end;
    }
    services = List.copyOf(found);
  }

  private static final class Loaded {
    static final OperationIndex INDEX = read();

    private static OperationIndex read() {
      try (InputStream in = OperationIndex.class.getResourceAsStream("index.tsv")) {
        if (in == null) {
          throw new IllegalStateException(
              "The operation index is missing from the class path: build platform/operations with"
                  + " Maven, which generates it");
        }
        return new OperationIndex(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The index, loaded once. */
  public static OperationIndex get() {
    return Loaded.INDEX;
  }

  /** All services, Bedrock's first. */
  public List<Service> services() {
    return services;
  }

  /** The service of that name, or null. */
  public Service service(String name) {
    ServiceRows rows = byName.get(name);
    return rows == null ? null : rows.service();
  }

  /** The operations of a service in alphabetical order; none for an unknown service. */
  public Collection<Operation> operations(String service) {
    ServiceRows rows = byName.get(service);
    return rows == null ? List.of() : rows.operations().values();
  }

  /** The operation of that exact name, or null. */
  public Operation find(String service, String name) {
    ServiceRows rows = byName.get(service);
    return rows == null ? null : rows.operations().get(name);
  }

  /** The operation whose SDK request class this is, or null. */
  public Operation byRequestClass(Class<?> requestClass) {
    ServiceRows rows = byPackage.get(requestClass.getPackageName());
    return rows == null ? null : rows.byRequestClass().get(requestClass.getName());
  }

  /** The errors that a service models; none for an unknown service. */
  public Collection<ServiceError> errors(String service) {
    ServiceRows rows = byName.get(service);
    return rows == null ? List.of() : rows.errors().values();
  }

  /**
   * The error that an SDK exception stands for, or null where the class is no modelled exception (a
   * service's base exception, for one).
   */
  public ServiceError error(Class<? extends Throwable> exceptionClass) {
    ServiceRows rows = byPackage.get(exceptionClass.getPackageName());
    return rows == null ? null : rows.errors().get(exceptionClass.getName());
  }

  /** The service whose SDK model package holds the class, or null. */
  public Service serviceOf(Class<?> modelClass) {
    ServiceRows rows = byPackage.get(modelClass.getPackageName());
    return rows == null ? null : rows.service();
  }
}
