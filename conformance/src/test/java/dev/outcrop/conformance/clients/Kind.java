package dev.outcrop.conformance.clients;

import dev.outcrop.conformance.running.Places;
import dev.outcrop.conformance.running.Stage;
import dev.outcrop.conformance.running.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The clients that every scenario runs with. */
public enum Kind {
  JAVA {
    @Override
    Client make() {
      return new JavaSyncClient(new HttpSdk(endpoint()));
    }
  },
  JAVA_ASYNC {
    @Override
    Client make() {
      return new JavaAsyncClient(new HttpSdk(endpoint()));
    }
  },
  BOTO3 {
    @Override
    Client make() throws IOException {
      String script = Places.scripts("python").resolve("client.py").toString();
      String python = Tools.python().resolve("python").toString();
      return new ScriptClient(Places.root(), List.of(python, script), environment());
    }
  },
  AWS_CLI {
    @Override
    Client make() throws IOException {
      return new CliClient(Tools.python().resolve("aws"), environment());
    }
  },
  JAVASCRIPT {
    @Override
    Client make() throws IOException {
      return javascript(endpoint());
    }
  },
  IN_PROCESS {
    @Override
    Client make() {
      return new JavaSyncClient(new InProcessSdk(Stage.here()));
    }
  },
  IN_PROCESS_ASYNC {
    @Override
    Client make() {
      return new JavaAsyncClient(new InProcessSdk(Stage.here()));
    }
  };

  private static final Map<Kind, Client> MADE = new EnumMap<>(Kind.class);

  abstract Client make() throws IOException;

  /** The one client of this kind. */
  public Client client() {
    synchronized (MADE) {
      if (!MADE.containsKey(this)) {
        try {
          Client client = make();
          MADE.put(this, client);
          Runtime.getRuntime().addShutdownHook(new Thread(client::close));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return MADE.get(this);
    }
  }

  /** A name for this client's buckets and knowledge bases. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A Java client of another server than the shared one. */
  public static Client java(URI endpoint) {
    return new JavaSyncClient(new HttpSdk(endpoint));
  }

  private static URI endpoint() {
    return Stage.server().endpoint();
  }

  /** A JavaScript client of another server than the shared one. */
  public static Client javascript(URI endpoint) throws IOException {
    return new ScriptClient(
        Tools.javascript(), List.of("node", "client.mjs"), environment(endpoint));
  }

  /** What the ready line tells users to set; nothing of the machine's own AWS configuration. */
  public static Map<String, String> environment() {
    return environment(endpoint());
  }

  private static Map<String, String> environment(URI endpoint) {
    return Map.of(
        "AWS_ENDPOINT_URL", endpoint.toString(),
        "AWS_REGION", "us-east-1",
        "AWS_DEFAULT_REGION", "us-east-1",
        "AWS_ACCESS_KEY_ID", "local",
        "AWS_SECRET_ACCESS_KEY", "local",
        "AWS_CONFIG_FILE", "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
        "AWS_PAGER", "",
        "AWS_EC2_METADATA_DISABLED", "true",
        "NO_PROXY", "*");
  }
}
