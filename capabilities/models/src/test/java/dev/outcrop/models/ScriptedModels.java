package dev.outcrop.models;

import dev.outcrop.models.catalogue.Catalogue;
import dev.outcrop.models.catalogue.CatalogueEntry;
import dev.outcrop.models.catalogue.ModelsSettings;
import dev.outcrop.models.catalogue.Source;
import dev.outcrop.models.files.ModelFiles;
import dev.outcrop.wire.EventSink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkResponse;

/** The operations over scripted models. */
final class ScriptedModels {

  static final String CHAT = "test.echo-v1";
  static final CatalogueEntry ABSENT =
      new CatalogueEntry(
          "test.absent-v1",
          null,
          "Test",
          "scripted",
          ModelEntry.Kind.CHAT,
          Source.parse("hf:test/test/absent.gguf"),
          null,
          0,
          null,
          false,
          Map.of(),
          null,
          null);

  static final String EMBEDDING = "test.letters-v1";

  final ScriptedProvider provider = new ScriptedProvider();
  final Catalogue catalogue =
      Catalogue.of(
          new ModelsSettings(
              List.of(
                  entry(CHAT, ModelEntry.Kind.CHAT),
                  entry(EMBEDDING, ModelEntry.Kind.EMBEDDING),
                  ABSENT),
              Map.of("us.test.echo-v1:0", CHAT),
              3));
  final Models models =
      new Models(catalogue, new ModelFiles(Path.of("target/no-models")), List.of(provider));
  final Inference inference = new Inference(models, 3);
  final TokenCounts tokenCounts = new TokenCounts(models);
  final FoundationModels foundationModels = new FoundationModels(catalogue);

  private static CatalogueEntry entry(String id, ModelEntry.Kind kind) {
    return new CatalogueEntry(
        id, null, "Test", "scripted", kind, null, null, 0, null, false, Map.of(), null, null);
  }

  /** Keeps what it is sent. */
  static final class Events<E> implements EventSink<E> {
    final List<SdkResponse> heads = new ArrayList<>();
    final List<E> sent = new ArrayList<>();

    @Override
    public void respond(SdkResponse initial) {
      heads.add(initial);
    }

    @Override
    public void send(E event) {
      sent.add(event);
    }
  }
}
