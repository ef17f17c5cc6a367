package dev.outcrop.models;

import java.util.function.Consumer;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.PerformanceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceTier;

/**
 * The tier of service and the latency that a call asks for. Models that know them answer for them;
 * all others serve everyone alike, so that more than that is refused here.
 *
 * @param latency null when nothing is said of it
 * @param service null when nothing is said of it
 */
record Tiers(String latency, String service) {

  static Tiers of(ConverseStreamRequest request) {
    return new Tiers(
        request.performanceConfig() == null ? null : request.performanceConfig().latencyAsString(),
        request.serviceTier() == null ? null : request.serviceTier().typeAsString());
  }

  /** What a request says beside a body that may say it too. */
  Tiers and(Tiers body) {
    return new Tiers(
        same("performanceConfigLatency", latency, body.latency),
        same("serviceTier", service, body.service));
  }

  private static String same(String name, String said, String inBody) {
    if (said != null && inBody != null && !said.equals(inBody)) {
      throw RuntimeErrors.invalid(
          name + " is '" + said + "', but the body says '" + inBody + "'. Say one of them.");
    }
    return said == null ? inBody : said;
  }

  /** Refuses what a model that serves everyone alike doesn't have. */
  void check() {
    if (latency != null && !latency.equals("standard")) {
      throw RuntimeErrors.noLatency(latency);
    }
    if (service != null && !service.equals("default")) {
      throw RuntimeErrors.noTier(service, "default");
    }
  }

  /** A request that says these to a model that knows them; checked and taken out for others. */
  ConverseStreamRequest into(ConverseStreamRequest request, ChatModel model) {
    Tiers told = this;
    if (!model.knowsTiers() && !model.takesEveryField()) {
      check();
      told = new Tiers(null, null);
    }
    return told.equals(of(request))
        ? request
        : request.toBuilder()
            .performanceConfig(told.performanceConfig())
            .serviceTier(told.serviceTier())
            .build();
  }

  /** Tells the latency that an answer says it had, if it says any. */
  static void had(PerformanceConfiguration had, Consumer<String> latency) {
    if (had != null) {
      latency.accept(had.latencyAsString());
    }
  }

  /** Tells the tier that an answer says it had, if it says any. */
  static void had(ServiceTier had, Consumer<String> service) {
    if (had != null) {
      service.accept(had.typeAsString());
    }
  }

  private PerformanceConfiguration performanceConfig() {
    return latency == null ? null : PerformanceConfiguration.builder().latency(latency).build();
  }

  private ServiceTier serviceTier() {
    return service == null ? null : ServiceTier.builder().type(service).build();
  }
}
