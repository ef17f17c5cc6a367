package dev.outcrop.models.routing;

import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.storage.Database;
import dev.outcrop.storage.Kind;
import dev.outcrop.storage.Page;
import dev.outcrop.storage.Resources;
import dev.outcrop.wire.RequestContext;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.bedrock.model.PromptRouterSummary;

/** All routers of the caller's account and region: the default ones, and those that were made. */
final class Routers {
  static final String CUSTOM = "custom";
  static final int MOST = 500;

  private static final Kind<PromptRouterSummary> KIND =
      Kind.uniquelyNamed(
          "bedrock.prompt-router",
          PromptRouterSummary::builder,
          PromptRouterSummary::promptRouterName);

  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws(?:-[^:]+)?:bedrock:[a-z0-9-]{1,20}:\\d{12}:(default-)?prompt-router/"
              + "([a-zA-Z0-9-:.]+)");

  private final Database database;
  private final Resources<PromptRouterSummary> stored;
  private final Supplier<Catalogue> catalogue;
  private final DefaultRouters defaults = new DefaultRouters();

  /** Those that were made, by ARN: they never change, and each call through one asks. */
  private final Map<String, PromptRouterSummary> known = new ConcurrentHashMap<>();

  Routers(Database database, InstantSource clock, Supplier<Catalogue> catalogue) {
    this.database = database;
    this.stored = new Resources<>(database, clock, KIND);
    this.catalogue = catalogue;
  }

  static boolean isArn(String identifier) {
    return identifier.startsWith("arn:") && ARN.matcher(identifier).matches();
  }

  Optional<PromptRouterSummary> find(String arn) {
    Matcher parts = ARN.matcher(arn);
    // An ARN of another account or region is another's router.
    String own = RequestContext.current().arn("bedrock", "");
    if (!parts.matches() || !arn.startsWith(own)) {
      return Optional.empty();
    }
    if (parts.group(1) != null) {
      return defaults().stream().filter(r -> r.promptRouterArn().equals(arn)).findFirst();
    }
    return Optional.ofNullable(
        known.computeIfAbsent(
            arn,
            id ->
                stored
                    .find(parts.group(2))
                    .filter(router -> router.promptRouterArn().equals(id))
                    .orElse(null)));
  }

  /**
   * @throws dev.outcrop.storage.StorageException.AlreadyExists when the name is in use
   */
  void create(PromptRouterSummary router) {
    stored.create(id(router), router);
  }

  void delete(PromptRouterSummary router) {
    stored.delete(id(router));
    // Before, a call could find it again.
    database.afterCommit(() -> known.remove(router.promptRouterArn()));
  }

  int count() {
    return stored.count("");
  }

  /** All by their {@link #position}. */
  List<PromptRouterSummary> all() {
    List<PromptRouterSummary> all = new ArrayList<>(defaults());
    String next = null;
    do {
      Page<PromptRouterSummary> page = stored.list("", null, next);
      all.addAll(page.items());
      next = page.nextToken();
    } while (next != null);
    all.sort(Comparator.comparing(Routers::position));
    return all;
  }

  /**
   * Where a router stands among all, no two at one place: the default ones by their ids, then the
   * others in the order in which they were made.
   */
  static String position(PromptRouterSummary router) {
    return CUSTOM.equals(router.typeAsString())
        ? "b%016x %s".formatted(router.createdAt().toEpochMilli(), router.promptRouterArn())
        : "a" + router.promptRouterArn();
  }

  List<PromptRouterSummary> defaults() {
    return defaults.of(catalogue.get());
  }

  private static String id(PromptRouterSummary router) {
    return router.promptRouterArn().substring(router.promptRouterArn().indexOf('/') + 1);
  }
}
