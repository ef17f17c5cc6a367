package dev.outcrop.server;

import dev.outcrop.cli.ModelShelf;
import dev.outcrop.cli.Session;
import dev.outcrop.knowledge.index.Search;
import java.io.IOException;
import java.nio.file.Path;
import software.amazon.awssdk.core.SdkClient;

/** The system in this process, for one command. */
final class LocalSession implements Session {
  private final HomeLock home;
  private final Outcrop outcrop;
  private final Shelf shelf;

  LocalSession(HomeLock home, Settings settings, Search.Mode ranking) throws IOException {
    this.home = home;
    this.outcrop = Outcrop.openWarm(home.folder(), settings, ranking);
    this.shelf = Outcrop.shelf(home.folder(), settings);
  }

  @Override
  public <C extends SdkClient> C client(Class<C> type) {
    return outcrop.client(type);
  }

  @Override
  public void shareFolder(String bucket, Path folder) {
    outcrop.share(bucket, folder);
  }

  @Override
  public String model(String named, ModelShelf.Progress progress) throws InterruptedException {
    String id = shelf.entry(named).id();
    shelf.pull(named, progress);
    return id;
  }

  @Override
  public void close() {
    try {
      outcrop.close();
    } finally {
      home.close();
    }
  }
}
