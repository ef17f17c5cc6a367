package dev.outcrop.metering.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.metering.Calls;
import dev.outcrop.metering.TestClock;
import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.ModelsSettings;
import dev.outcrop.storage.Database;
import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.LocalClients;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrock.model.ConflictException;
import software.amazon.awssdk.services.bedrock.model.InferenceProfileSummary;
import software.amazon.awssdk.services.bedrock.model.ResourceNotFoundException;
import software.amazon.awssdk.services.bedrock.model.Tag;
import software.amazon.awssdk.services.bedrock.model.ValidationException;

class InferenceProfilesTest {
  private static final String MODEL =
      "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3";

  @TempDir private Path folder;
  private final TestClock clock = new TestClock(Instant.parse("2026-03-10T12:00:00Z"));
  private Database database;
  private InferenceProfiles profiles;
  private BedrockClient bedrock;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("outcrop.db"));
    Catalogue catalogue =
        Catalogue.of(
            new ModelsSettings(
                List.of(Calls.chat("claude", Calls.PRICES), Calls.chat("eu-claude", Calls.PRICES)),
                Map.of("anthropic.claude-3", "claude", "eu.anthropic.claude-3", "eu-claude"),
                10));
    profiles = new InferenceProfiles(database, clock, () -> catalogue);
    ResourceTags tags = new ResourceTags(database, List.of(profiles::exists));
    bedrock = LocalClients.create(BedrockClient.class, Capabilities.of(profiles, tags));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private String create(String name, String from) {
    clock.pass(Duration.ofSeconds(1));
    return bedrock
        .createInferenceProfile(
            c ->
                c.inferenceProfileName(name)
                    .description("for " + name)
                    .modelSource(m -> m.copyFrom(from))
                    .tags(Tag.builder().key("team").value("blue").build()))
        .inferenceProfileArn();
  }

  @Test
  void makesShowsAndDeletesProfiles() {
    String arn = create("checkout", MODEL);
    assertThat(arn)
        .matches(
            "arn:aws:bedrock:us-east-1:000000000000:application-inference-profile/[a-z0-9]{12}");
    var byArn = bedrock.getInferenceProfile(g -> g.inferenceProfileIdentifier(arn));
    String id = arn.substring(arn.indexOf('/') + 1);
    var byId = bedrock.getInferenceProfile(g -> g.inferenceProfileIdentifier(id));
    assertThat(byId.sdkFields()).isEqualTo(byArn.sdkFields());
    assertThat(byArn.inferenceProfileName()).isEqualTo("checkout");
    assertThat(byArn.description()).isEqualTo("for checkout");
    assertThat(byArn.typeAsString()).isEqualTo("APPLICATION");
    assertThat(byArn.statusAsString()).isEqualTo("ACTIVE");
    assertThat(byArn.createdAt()).isEqualTo(clock.instant());
    assertThat(byArn.models()).singleElement().returns(MODEL, m -> m.modelArn());
    assertThat(profiles.find(arn, null))
        .hasValueSatisfying(
            named -> {
              assertThat(named.modelId()).isEqualTo(MODEL);
              assertThat(named.profile()).isEqualTo(arn);
            });
    bedrock.deleteInferenceProfile(d -> d.inferenceProfileIdentifier(arn));
    assertThatThrownBy(() -> bedrock.getInferenceProfile(g -> g.inferenceProfileIdentifier(arn)))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> profiles.find(arn, null))
        .isInstanceOf(
            software.amazon.awssdk.services.bedrockruntime.model.ResourceNotFoundException.class);
  }

  @Test
  void namesNothingElse() {
    assertThat(profiles.find("anthropic.claude-3", null)).isEmpty();
    assertThat(profiles.find(MODEL, null)).isEmpty();
  }

  @Test
  void copiesModelsAndSystemDefinedProfilesOnly() {
    String area = "arn:aws:bedrock:us-east-1:000000000000:inference-profile/";
    assertThat(modelOf(create("a", area + "us.anthropic.claude-3"))).isEqualTo(MODEL);
    assertThat(modelOf(create("b", area + "eu.anthropic.claude-3")))
        .endsWith("/eu.anthropic.claude-3");
    String own = create("c", MODEL);
    for (String wrong : List.of(own, "anthropic.claude-3", MODEL + "-nope")) {
      assertThatThrownBy(() -> create("d", wrong))
          .as(wrong)
          .isInstanceOf(ValidationException.class);
    }
  }

  private String modelOf(String arn) {
    return profiles.find(arn, null).orElseThrow().modelId();
  }

  @Test
  void doesOnceWhatComesWithOneToken() {
    String first = createOnce("token-1", "a");
    assertThat(createOnce("token-1", "a")).isEqualTo(first);
    assertThat(createOnce("token-2", "a")).isNotEqualTo(first);
    assertThatThrownBy(() -> createOnce("token-1", "b")).isInstanceOf(ConflictException.class);
  }

  private String createOnce(String token, String name) {
    return bedrock
        .createInferenceProfile(
            c ->
                c.inferenceProfileName(name)
                    .clientRequestToken(token)
                    .modelSource(m -> m.copyFrom(MODEL)))
        .inferenceProfileArn();
  }

  @Test
  void tagsProfiles() {
    String arn = create("checkout", MODEL);
    bedrock.tagResource(
        t -> t.resourceARN(arn).tags(Tag.builder().key("stage").value("prod").build()));
    bedrock.untagResource(t -> t.resourceARN(arn).tagKeys("team"));
    assertThat(bedrock.listTagsForResource(t -> t.resourceARN(arn)).tags())
        .containsExactly(Tag.builder().key("stage").value("prod").build());
    String other = arn.substring(0, arn.length() - 3) + "000";
    assertThatThrownBy(() -> bedrock.listTagsForResource(t -> t.resourceARN(other)))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void listsBothTypesInPages() {
    create("a", MODEL);
    create("b", MODEL);
    assertThat(bedrock.listInferenceProfilesPaginator(l -> l.maxResults(1)))
        .flatExtracting(page -> page.inferenceProfileSummaries())
        .extracting(InferenceProfileSummary::inferenceProfileName)
        .contains("a", "b")
        .doesNotHaveDuplicates();
    assertThat(
            bedrock
                .listInferenceProfiles(l -> l.typeEquals("APPLICATION"))
                .inferenceProfileSummaries())
        .extracting(InferenceProfileSummary::inferenceProfileName)
        .containsExactly("a", "b");
    assertThat(
            bedrock
                .listInferenceProfiles(l -> l.typeEquals("SYSTEM_DEFINED"))
                .inferenceProfileSummaries())
        .extracting(InferenceProfileSummary::inferenceProfileId)
        .contains("us.anthropic.claude-3", "global.anthropic.claude-3", "eu.anthropic.claude-3");
    assertThatThrownBy(() -> bedrock.listInferenceProfiles(l -> l.nextToken("forged")))
        .isInstanceOf(ValidationException.class);
  }

  @Test
  void showsSystemDefinedOnesAndKeepsThem() {
    var profile =
        bedrock.getInferenceProfile(g -> g.inferenceProfileIdentifier("us.anthropic.claude-3"));
    assertThat(profile.typeAsString()).isEqualTo("SYSTEM_DEFINED");
    assertThat(profile.inferenceProfileArn()).endsWith(":inference-profile/us.anthropic.claude-3");
    assertThatThrownBy(
            () ->
                bedrock.deleteInferenceProfile(
                    d -> d.inferenceProfileIdentifier("us.anthropic.claude-3")))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(
            () -> bedrock.getInferenceProfile(g -> g.inferenceProfileIdentifier("us.nope.nope")))
        .isInstanceOf(ResourceNotFoundException.class);
  }
}
