package dev.outcrop.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.wire.RequestContext;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.bedrockagent.model.DataSource;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBase;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBaseStatus;

class ResourcesTest {
  private static final Kind<KnowledgeBase> BASE =
      Kind.uniquelyNamed("test.base", KnowledgeBase::builder, KnowledgeBase::name);
  private static final Kind<DataSource> SOURCE =
      Kind.named("test.source", DataSource::builder, DataSource::name);

  @TempDir private Path folder;
  private Database database;
  private Resources<KnowledgeBase> bases;
  private Resources<DataSource> sources;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("outcrop.db"));
    bases = new Resources<>(database, InstantSource.system(), BASE);
    sources = new Resources<>(database, InstantSource.system(), SOURCE);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static KnowledgeBase base(String name) {
    return KnowledgeBase.builder().name(name).status(KnowledgeBaseStatus.CREATING).build();
  }

  private static DataSource source(String name) {
    return DataSource.builder().name(name).build();
  }

  @Test
  void keepsWhatWasCreatedAcrossARestart() {
    bases.create("KB1", base("one"));
    close();
    open();
    assertThat(bases.find("KB1")).contains(base("one"));
    assertThat(bases.find("KB2")).isEmpty();
  }

  @Test
  void refusesAnIdOrANameInUse() {
    bases.create("KB1", base("one"));
    assertThatThrownBy(() -> bases.create("KB1", base("two")))
        .isInstanceOf(StorageException.AlreadyExists.class)
        .hasMessageContaining("KB1");
    assertThatThrownBy(() -> bases.create("KB2", base("one")))
        .isInstanceOf(StorageException.AlreadyExists.class)
        .hasMessageContaining("one");
    bases.create("KB2", base("two"));
    assertThatThrownBy(() -> bases.update("KB2", b -> b.toBuilder().name("one").build()))
        .isInstanceOf(StorageException.AlreadyExists.class);
    assertThat(bases.find("KB2")).contains(base("two"));
    assertThat(bases.update("KB2", b -> b.toBuilder().description("d").build())).isPresent();
  }

  @Test
  void freesTheNameOfADeletedResource() {
    bases.create("KB1", base("one"));
    assertThat(bases.delete("KB1")).isTrue();
    assertThat(bases.delete("KB1")).isFalse();
    bases.create("KB2", base("one"));
  }

  @Test
  void updatesWhatIsThere() {
    bases.create("KB1", base("one"));
    var active = bases.update("KB1", b -> b.toBuilder().status("ACTIVE").build());
    assertThat(active).map(KnowledgeBase::statusAsString).contains("ACTIVE");
    assertThat(bases.find("KB1")).isEqualTo(active);
    assertThat(bases.update("KB9", b -> b)).isEmpty();
  }

  @Test
  void keepsChildrenApartByParent() {
    sources.create("KB1", "DS1", source("a"));
    sources.create("KB2", "DS1", source("b"));
    sources.create("KB1", "DS2", source("a"));
    assertThat(sources.find("KB2", "DS1")).contains(source("b"));
    assertThat(sources.count("KB1")).isEqualTo(2);
    assertThat(sources.deleteAll("KB1")).isEqualTo(2);
    assertThat(sources.find("KB1", "DS1")).isEmpty();
    assertThat(sources.find("KB2", "DS1")).isPresent();
  }

  @Test
  void showsEachAccountAndRegionItsOwn() throws Exception {
    RequestContext other =
        new RequestContext("r", "111122223333", "eu-west-1", "arn:aws:iam::1:root", null);
    bases.create("KB1", base("one"));
    other.call(
        () -> {
          assertThat(bases.find("KB1")).isEmpty();
          assertThat(bases.delete("KB1")).isFalse();
          bases.create("KB1", base("one"));
          return bases.update("KB1", b -> b.toBuilder().description("theirs").build());
        });
    assertThat(bases.find("KB1")).contains(base("one"));
  }

  @Test
  void rollsBackAllOfAFailedTransaction() {
    assertThatThrownBy(
            () ->
                database.write(
                    sql -> {
                      bases.create("KB1", base("one"));
                      sources.create("KB1", "DS1", source("a"));
                      throw new IllegalStateException("midway");
                    }))
        .hasMessage("midway");
    assertThat(bases.find("KB1")).isEmpty();
    assertThat(sources.count("KB1")).isZero();
  }

  @Test
  void readsItsOwnWritesInsideATransaction() {
    Map<String, Boolean> seen =
        database.write(
            sql -> {
              bases.create("KB1", base("one"));
              return Map.of("inside", bases.find("KB1").isPresent());
            });
    assertThat(seen).containsEntry("inside", true);
  }
}
