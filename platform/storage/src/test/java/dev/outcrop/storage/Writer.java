package dev.outcrop.storage;

import java.nio.file.Path;
import java.time.InstantSource;
import software.amazon.awssdk.services.bedrockagent.model.KnowledgeBase;

/** A process that is going to be killed: prints each id once its row is acknowledged. */
final class Writer {
  static final Kind<KnowledgeBase> KIND = Kind.of("crash", KnowledgeBase::builder);

  private Writer() {}

  public static void main(String[] arguments) {
    Database database = Database.open(Path.of(arguments[0]));
    Resources<KnowledgeBase> rows = new Resources<>(database, InstantSource.system(), KIND);
    for (int thread = 0; thread < 4; thread++) {
      Thread.ofPlatform()
          .start(
              () -> {
                while (true) {
                  String id = Ids.alphanumeric10();
                  database.write(
                      sql -> {
                        rows.create(id, KnowledgeBase.builder().name(id).build());
                        return rows.create("half", id, KnowledgeBase.builder().build());
                      });
                  System.out.println(id);
                }
              });
    }
  }
}
