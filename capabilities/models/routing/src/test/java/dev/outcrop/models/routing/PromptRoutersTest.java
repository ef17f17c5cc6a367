package dev.outcrop.models.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.models.catalogue.ModelsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.bedrock.model.ConflictException;
import software.amazon.awssdk.services.bedrock.model.CreatePromptRouterRequest;
import software.amazon.awssdk.services.bedrock.model.GetPromptRouterResponse;
import software.amazon.awssdk.services.bedrock.model.PromptRouterSummary;
import software.amazon.awssdk.services.bedrock.model.PromptRouterTargetModel;
import software.amazon.awssdk.services.bedrock.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrock.model.Tag;
import software.amazon.awssdk.services.bedrock.model.ValidationException;

class PromptRoutersTest {
  private static final String LITE = RoutingFixture.LITE;
  private static final String PRO = RoutingFixture.PRO;
  private static final String DEFAULT =
      "arn:aws:bedrock:us-east-1:000000000000:default-prompt-router/amazon.nova:1";

  @TempDir private Path folder;
  private Instant now = Instant.parse("2026-03-10T12:00:00Z");
  private final InstantSource clock = () -> now;
  private RoutingFixture fixture;

  @BeforeEach
  void open() {
    fixture = new RoutingFixture(folder, clock);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private String create(String name) {
    now = now.plus(Duration.ofSeconds(1));
    return fixture.router(name, PRO, 10);
  }

  private GetPromptRouterResponse get(String arn) {
    return fixture.bedrock.getPromptRouter(g -> g.promptRouterArn(arn));
  }

  @Test
  void keepsRoutersOverRestarts() {
    String arn = create("daily");
    assertThat(arn).matches("arn:aws:bedrock:us-east-1:000000000000:prompt-router/[a-z0-9]{12}");
    GetPromptRouterResponse router = get(arn);
    assertThat(router.promptRouterName()).isEqualTo("daily");
    assertThat(router.promptRouterArn()).isEqualTo(arn);
    assertThat(router.models())
        .extracting(PromptRouterTargetModel::modelArn)
        .containsExactly(LITE, PRO);
    assertThat(router.fallbackModel().modelArn()).isEqualTo(PRO);
    assertThat(router.routingCriteria().responseQualityDifference()).isEqualTo(10);
    assertThat(router.statusAsString()).isEqualTo("AVAILABLE");
    assertThat(router.typeAsString()).isEqualTo("custom");
    assertThat(router.createdAt()).isEqualTo(now).isEqualTo(router.updatedAt());
    fixture.close();
    open();
    assertThat(get(arn).sdkFields()).isEqualTo(router.sdkFields());
    assertThat(get(arn).models()).isEqualTo(router.models());
    fixture.bedrock.deletePromptRouter(d -> d.promptRouterArn(arn));
    assertThatThrownBy(() -> get(arn)).isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> fixture.bedrock.deletePromptRouter(d -> d.promptRouterArn(arn)))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThat(create("daily")).isNotEqualTo(arn);
  }

  @Test
  void aRouterOfAnotherAccountIsNotHere() {
    String arn = create("mine").replace("000000000000", "111111111111");
    assertThatThrownBy(() -> get(arn)).isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void namesAreGivenOnce() {
    create("daily");
    assertThatThrownBy(() -> create("daily"))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("daily");
  }

  @Test
  void doesOnceWhatComesWithOneToken() {
    Consumer<CreatePromptRouterRequest.Builder> one =
        c -> valid(c).promptRouterName("one").clientRequestToken("token-1");
    String arn = fixture.bedrock.createPromptRouter(one).promptRouterArn();
    assertThat(fixture.bedrock.createPromptRouter(one).promptRouterArn()).isEqualTo(arn);
    assertThatThrownBy(
            () -> fixture.bedrock.createPromptRouter(one.andThen(c -> c.promptRouterName("two"))))
        .isInstanceOf(ConflictException.class);
  }

  @Test
  void aRepetitionIsAnsweredThoughAModelIsGone() {
    Consumer<CreatePromptRouterRequest.Builder> one = c -> valid(c).clientRequestToken("token-1");
    String arn = fixture.bedrock.createPromptRouter(one).promptRouterArn();
    fixture.close();
    fixture =
        new RoutingFixture(
            folder, clock, new ModelsSettings(List.of(RoutingFixture.entry("other")), Map.of(), 1));
    assertThat(fixture.bedrock.createPromptRouter(one).promptRouterArn()).isEqualTo(arn);
    refused(c -> c.clientRequestToken("token-2"), "The model is not here");
    refused(c -> {}, "The model is not here");
  }

  @Test
  void aRouterGoesWithItsTagsOrNotAtAll() {
    String arn = create("tagged");
    fixture.database.write(sql -> sql.alterTable("tag").renameTo("tag_gone").execute());
    assertThatThrownBy(() -> fixture.bedrock.deletePromptRouter(d -> d.promptRouterArn(arn)))
        .isNotInstanceOf(ResourceNotFoundException.class);
    assertThat(get(arn).promptRouterName()).isEqualTo("tagged");
    fixture.database.write(sql -> sql.alterTable("tag_gone").renameTo("tag").execute());
    fixture.bedrock.deletePromptRouter(d -> d.promptRouterArn(arn));
    assertThatThrownBy(() -> get(arn)).isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void pagesHideNoRouterMadeWithinOneMillisecond() {
    Instant stored = now.plus(Duration.ofHours(1));
    fixture.close();
    fixture =
        new RoutingFixture(
            folder,
            new InstantSource() {
              @Override
              public Instant instant() {
                return now;
              }

              @Override
              public long millis() {
                return stored.toEpochMilli();
              }
            });
    List<String> names = List.of("a", "b", "c", "d", "e", "f", "g", "h");
    names.forEach(this::create);
    assertThat(fixture.bedrock.listPromptRoutersPaginator(l -> l.type("custom").maxResults(1)))
        .flatExtracting(page -> page.promptRouterSummaries())
        .extracting(PromptRouterSummary::promptRouterName)
        .containsExactlyElementsOf(names);
  }

  private static CreatePromptRouterRequest.Builder valid(CreatePromptRouterRequest.Builder create) {
    return create
        .promptRouterName("router")
        .models(m -> m.modelArn(LITE), m -> m.modelArn(PRO))
        .fallbackModel(m -> m.modelArn(LITE))
        .routingCriteria(r -> r.responseQualityDifference(0.0));
  }

  private void refused(Consumer<CreatePromptRouterRequest.Builder> change, String because) {
    assertThatThrownBy(
            () ->
                fixture.bedrock.createPromptRouter(
                    (CreatePromptRouterRequest.Builder c) -> change.accept(valid(c))))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining(because);
  }

  private static PromptRouterTargetModel model(String arn) {
    return PromptRouterTargetModel.builder().modelArn(arn).build();
  }

  @Test
  void refusesWhatCannotRoute() {
    for (double wrong : List.of(0.5, 7.0, 99.0)) {
      refused(
          c -> c.routingCriteria(r -> r.responseQualityDifference(wrong)),
          "Response quality difference must be a value multiple of 5");
    }
    refused(c -> c.routingCriteria(r -> r.responseQualityDifference(105.0)), "105");
    refused(c -> c.models(model(LITE)), "exactly two");
    refused(c -> c.models(model(LITE), model(LITE)), "exactly two");
    refused(c -> c.models(model(LITE), model(PRO), model(PRO)), "exactly two");
    String llama = RoutingFixture.MODEL + "meta.llama3-1-8b-instruct-v1:0";
    refused(c -> c.models(model(LITE), model(llama)), "of amazon.nova and meta");
    refused(c -> c.fallbackModel(model(llama)), "one of the models");
    String absent = RoutingFixture.MODEL + "amazon.nova-ultra-v1:0";
    refused(c -> c.models(model(LITE), model(absent)), absent);
    String embedder = RoutingFixture.MODEL + "amazon.nova-embed-v1:0";
    refused(c -> c.models(model(LITE), model(embedder)), "does not support prompt routing");
    refused(c -> c.models(model(LITE), model(create("inner"))), "pattern");
    refused(c -> c.promptRouterName("no/slash"), "pattern");
  }

  @Test
  void tagsRouters() {
    String arn =
        fixture
            .bedrock
            .createPromptRouter(
                (CreatePromptRouterRequest.Builder c) ->
                    valid(c).tags(Tag.builder().key("team").value("blue").build()))
            .promptRouterArn();
    fixture.bedrock.tagResource(
        t -> t.resourceARN(arn).tags(Tag.builder().key("stage").value("prod").build()));
    fixture.bedrock.untagResource(t -> t.resourceARN(arn).tagKeys("team"));
    assertThat(fixture.bedrock.listTagsForResource(t -> t.resourceARN(arn)).tags())
        .containsExactly(Tag.builder().key("stage").value("prod").build());
    fixture.bedrock.deletePromptRouter(d -> d.promptRouterArn(arn));
    assertThatThrownBy(() -> fixture.bedrock.listTagsForResource(t -> t.resourceARN(arn)))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void listsByTypeAndInPages() {
    create("a");
    create("b");
    assertThat(fixture.bedrock.listPromptRoutersPaginator(l -> l.maxResults(1)))
        .flatExtracting(page -> page.promptRouterSummaries())
        .extracting(PromptRouterSummary::promptRouterName)
        .containsExactly("Nova Prompt Router", "a", "b");
    assertThat(fixture.bedrock.listPromptRouters(l -> l.type("custom")).promptRouterSummaries())
        .extracting(PromptRouterSummary::promptRouterName)
        .containsExactly("a", "b");
    assertThat(fixture.bedrock.listPromptRouters(l -> l.type("default")).promptRouterSummaries())
        .extracting(PromptRouterSummary::promptRouterArn)
        .containsExactly(DEFAULT);
    String token = fixture.bedrock.listPromptRouters(l -> l.maxResults(1)).nextToken();
    assertThatThrownBy(
            () -> fixture.bedrock.listPromptRouters(l -> l.type("custom").nextToken(token)))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> fixture.bedrock.listPromptRouters(l -> l.type("other")))
        .isInstanceOf(ValidationException.class);
  }

  @Test
  void defaultRoutersStay() {
    GetPromptRouterResponse router = get(DEFAULT);
    assertThat(router.typeAsString()).isEqualTo("default");
    assertThat(router.fallbackModel().modelArn()).isEqualTo(PRO);
    assertThatThrownBy(() -> fixture.bedrock.deletePromptRouter(d -> d.promptRouterArn(DEFAULT)))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> get(DEFAULT.replace("amazon.nova", "meta.llama")))
        .isInstanceOf(ResourceNotFoundException.class);
  }
}
