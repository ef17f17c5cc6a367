package dev.outcrop.models.routing;

import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.wire.RequestContext;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.bedrock.model.PromptRouterSummary;

/**
 * The routers that AWS defines, for the families of which there are two different models: under
 * their own ids, newest first, or under those that AWS's routers have, by patterns of aliases.
 */
final class DefaultRouters {
  static final String TYPE = "default";

  /** When AWS began to have them; ours were never made. */
  private static final Instant BEGINNING = Instant.parse("2024-12-04T00:00:00Z");

  /** On the held-out prompts half go to the cheap model, and 4% of the quality is lost. */
  private static final double QUALITY_DIFFERENCE = 15;

  private static final Pattern DATE = Pattern.compile("\\d{8}");
  private static final Comparator<String> NEWEST_LAST =
      Comparator.comparing(DefaultRouters::date).thenComparing(Comparator.naturalOrder());

  private static final List<Family> FAMILIES =
      List.of(
          new Family(
              "amazon.nova",
              "Nova Prompt Router",
              Pattern.compile("amazon\\.nova-(?:\\d+-)?lite.*"),
              Pattern.compile("amazon\\.nova-(?:\\d+-)?pro.*"),
              List.of("amazon.nova-lite-v1:0"),
              List.of("amazon.nova-pro-v1:0")),
          new Family(
              "anthropic.claude",
              "Anthropic Prompt Router",
              Pattern.compile("anthropic\\.claude.*haiku.*"),
              Pattern.compile("anthropic\\.claude.*sonnet.*"),
              List.of(
                  "anthropic.claude-3-5-haiku-20241022-v1:0",
                  "anthropic.claude-3-haiku-20240307-v1:0"),
              List.of(
                  "anthropic.claude-3-5-sonnet-20241022-v2:0",
                  "anthropic.claude-3-5-sonnet-20240620-v1:0")),
          new Family(
              "meta.llama",
              "Meta Prompt Router",
              Pattern.compile("meta\\.llama.*-(?:8|11)b-.*"),
              Pattern.compile("meta\\.llama.*-(?:70|90)b-.*"),
              List.of("meta.llama3-1-8b-instruct-v1:0"),
              List.of("meta.llama3-3-70b-instruct-v1:0", "meta.llama3-1-70b-instruct-v1:0")));

  record Family(
      String id,
      String name,
      Pattern cheap,
      Pattern able,
      List<String> usuallyCheap,
      List<String> usuallyAble) {}

  private record Found(String id, CatalogueEntry entry) {}

  /** What a family's router routes between in a catalogue: ids of models. */
  record Models(Family family, String cheap, String able) {}

  private record Known(Catalogue catalogue, List<Models> models) {}

  /** Looked for once in each catalogue, since each call by a default router asks. */
  private volatile Known known = new Known(null, List.of());

  /** All that the catalogue has models for. */
  List<PromptRouterSummary> of(Catalogue catalogue) {
    return models(catalogue).stream().map(DefaultRouters::router).toList();
  }

  List<Models> models(Catalogue catalogue) {
    Known now = known;
    if (now.catalogue() != catalogue) {
      now =
          new Known(
              catalogue,
              FAMILIES.stream().flatMap(family -> models(catalogue, family).stream()).toList());
      known = now;
    }
    return now.models();
  }

  private static Optional<Models> models(Catalogue catalogue, Family family) {
    Optional<Found> able = model(catalogue, family.able(), family.usuallyAble());
    Optional<Found> cheap = model(catalogue, family.cheap(), family.usuallyCheap());
    if (able.isEmpty() || cheap.isEmpty() || able.get().entry().equals(cheap.get().entry())) {
      return Optional.empty();
    }
    return Optional.of(new Models(family, cheap.get().id(), able.get().id()));
  }

  private static PromptRouterSummary router(Models models) {
    Family family = models.family();
    String fallback = arn(models.able());
    return PromptRouterSummary.builder()
        .promptRouterName(family.name())
        .description("Routes requests among models in the " + family.id() + " family.")
        .routingCriteria(c -> c.responseQualityDifference(QUALITY_DIFFERENCE))
        .promptRouterArn(
            RequestContext.current().arn("bedrock", "default-prompt-router/" + family.id() + ":1"))
        .models(m -> m.modelArn(arn(models.cheap())), m -> m.modelArn(fallback))
        .fallbackModel(m -> m.modelArn(fallback))
        .createdAt(BEGINNING)
        .updatedAt(BEGINNING)
        .status("AVAILABLE")
        .type(TYPE)
        .build();
  }

  private static Optional<Found> model(Catalogue catalogue, Pattern pattern, List<String> usual) {
    Stream<String> own =
        catalogue.models().keySet().stream()
            .filter(id -> pattern.matcher(Catalogue.name(id)).matches())
            .sorted(Comparator.comparing(Catalogue::name, NEWEST_LAST).reversed());
    return Stream.concat(own, usual.stream())
        .flatMap(id -> catalogue.find(id).map(entry -> new Found(id, entry)).stream())
        .filter(found -> found.entry().kind() == ModelEntry.Kind.CHAT)
        .findFirst();
  }

  private static String date(String id) {
    Matcher date = DATE.matcher(id);
    return date.find() ? date.group() : "";
  }

  private static String arn(String id) {
    return Catalogue.name(id).equals(id)
        ? "arn:aws:bedrock:" + RequestContext.current().region() + "::foundation-model/" + id
        : RequestContext.current().arn("bedrock", "inference-profile/" + id);
  }
}
