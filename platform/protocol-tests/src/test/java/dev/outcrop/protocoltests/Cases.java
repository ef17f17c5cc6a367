package dev.outcrop.protocoltests;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.knowledge.TopDownIndex;
import software.amazon.smithy.model.shapes.OperationShape;
import software.amazon.smithy.model.shapes.ServiceShape;
import software.amazon.smithy.model.shapes.StructureShape;
import software.amazon.smithy.protocoltests.traits.AppliesTo;
import software.amazon.smithy.protocoltests.traits.HttpMalformedRequestTestsTrait;
import software.amazon.smithy.protocoltests.traits.HttpMessageTestCase;
import software.amazon.smithy.protocoltests.traits.HttpRequestTestsTrait;
import software.amazon.smithy.protocoltests.traits.HttpResponseTestsTrait;

/** The test cases of the suites that are about servers, by name. */
final class Cases {
  private final Model model;
  private final Map<Suite, Structures> bySuite = new EnumMap<>(Suite.class);
  private final Map<String, Runnable> found = new LinkedHashMap<>();

  private Cases(Model model) {
    this.model = model;
  }

  /**
   * Every case.
   *
   * @param services which services' cases are wanted
   */
  static Map<String, Runnable> all(Predicate<ServiceShape> services) {
    Model model =
        Model.assembler(Cases.class.getClassLoader())
            .discoverModels(Cases.class.getClassLoader())
            .assemble()
            .unwrap();
    Cases cases = new Cases(model);
    model.getServiceShapes().stream()
        .sorted()
        .filter(service -> Suite.of(service) != null)
        .filter(services)
        .forEach(cases::service);
    return cases.found;
  }

  private void service(ServiceShape service) {
    Structures structures =
        bySuite.computeIfAbsent(Suite.of(service), suite -> new Structures(model, suite));
    for (OperationShape operation : TopDownIndex.of(model).getContainedOperations(service)) {
      if (!operation.hasTrait(HttpRequestTestsTrait.class)
          && !operation.hasTrait(HttpResponseTestsTrait.class)
          && !operation.hasTrait(HttpMalformedRequestTestsTrait.class)
          && operation.getErrors(service).isEmpty()) {
        continue;
      }
      Call call = new Call(model, structures, service, operation);
      requests(operation, call);
      responses(operation, call);
      malformed(operation, call);
      operation
          .getErrors(service)
          .forEach(id -> errors(service, call, model.expectShape(id, StructureShape.class)));
    }
  }

  private void requests(OperationShape operation, Call call) {
    operation
        .getTrait(HttpRequestTestsTrait.class)
        .ifPresent(
            trait ->
                trait.getTestCases().stream()
                    .filter(test -> isOurs(test, call))
                    .forEach(
                        test ->
                            add("request " + test.getId(), () -> RequestCase.check(call, test))));
  }

  private void responses(OperationShape operation, Call call) {
    operation
        .getTrait(HttpResponseTestsTrait.class)
        .ifPresent(
            trait ->
                trait.getTestCases().stream()
                    .filter(test -> isOurs(test, call))
                    .forEach(
                        test ->
                            add("response " + test.getId(), () -> ResponseCase.check(call, test))));
  }

  private void errors(ServiceShape service, Call call, StructureShape error) {
    error
        .getTrait(HttpResponseTestsTrait.class)
        .ifPresent(
            trait ->
                trait.getTestCases().stream()
                    .filter(test -> isOurs(test, call))
                    .forEach(
                        test ->
                            found.put(
                                "response " + test.getId(),
                                () -> ResponseCase.checkError(call, service, error, test))));
  }

  private void malformed(OperationShape operation, Call call) {
    operation
        .getTrait(HttpMalformedRequestTestsTrait.class)
        .ifPresent(
            trait ->
                trait.getTestCases().stream()
                    .filter(test -> test.getProtocol().equals(call.suite().trait()))
                    .forEach(
                        test ->
                            add(
                                "malformed " + test.getId(),
                                () -> RequestCase.checkMalformed(call, test))));
  }

  private static boolean isOurs(HttpMessageTestCase test, Call call) {
    return test.getProtocol().equals(call.suite().trait())
        && test.getAppliesTo().orElse(AppliesTo.SERVER) == AppliesTo.SERVER;
  }

  private void add(String id, Runnable test) {
    if (found.put(id, test) != null) {
      throw new IllegalStateException("two cases are called " + id);
    }
  }
}
