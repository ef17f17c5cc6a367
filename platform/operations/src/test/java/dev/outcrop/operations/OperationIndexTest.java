package dev.outcrop.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.cloudwatch.model.DashboardNotFoundErrorException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

class OperationIndexTest {
  private final OperationIndex index = OperationIndex.get();

  @Test
  void everyServiceHasOperations() {
    assertThat(index.services()).hasSize(34);
    assertThat(index.services())
        .allSatisfy(service -> assertThat(index.operations(service.name())).isNotEmpty());
    assertThat(index.service("transcribe-streaming").signingName()).isEqualTo("transcribe");
    assertThat(index.operations("nonsense")).isEmpty();
    assertThat(index.find("bedrock", "Nonsense")).isNull();
  }

  @Test
  void everyClassIsThere() throws Exception {
    for (Service service : index.services()) {
      for (Operation operation : index.operations(service.name())) {
        Class<?> request = found(operation.requestClass());
        assertThat(index.byRequestClass(request)).isSameAs(operation);
        assertThat(SdkPojo.class).isAssignableFrom(found(operation.responseClass()));
        for (EventUnion union : new EventUnion[] {operation.eventsIn(), operation.eventsOut()}) {
          if (union != null) usable(union);
        }
      }
      for (ServiceError error : index.errors(service.name())) {
        assertThat(Throwable.class).isAssignableFrom(found(error.exceptionClass()));
        assertThat(error.status()).isBetween(400, 599);
      }
    }
  }

  /** Without running the class's initializer, which for all of them takes many seconds. */
  private static Class<?> found(String name) throws ClassNotFoundException {
    return Class.forName(name, false, OperationIndexTest.class.getClassLoader());
  }

  private static void usable(EventUnion union) throws Exception {
    Class<?> type = Class.forName(union.unionClass());
    assertThat(union.builders()).isNotEmpty();
    for (String builder : union.builders().values()) {
      assertThat(type.getMethod(builder).invoke(null)).isInstanceOf(SdkPojo.class);
    }
    for (String exception : union.exceptions().values()) Class.forName(exception);
  }

  @Test
  void streamsAreKnown() {
    assertThat(index.find("s3", "PutObject").streaming()).isEqualTo(Streaming.BLOB_IN);
    assertThat(index.find("s3", "GetObject").streaming()).isEqualTo(Streaming.BLOB_OUT);
    Operation converse = index.find("bedrock-runtime", "ConverseStream");
    assertThat(converse.streaming()).isEqualTo(Streaming.EVENTS_OUT);
    assertThat(converse.eventsOut().builders()).containsKey("contentBlockDelta");
    assertThat(converse.eventsOut().exceptions())
        .containsEntry("throttlingException", ThrottlingException.class.getName());
    assertThat(index.find("transcribe-streaming", "StartStreamTranscription").streaming())
        .isEqualTo(Streaming.EVENTS_BOTH);
  }

  @Test
  void factsThatClientsDependOn() {
    Operation operation = index.byRequestClass(ConverseRequest.class);
    assertThat(operation.id()).isEqualTo("bedrock-runtime:Converse");
    assertThat(index.find("bedrock-agent", "CreateAgent").status()).isEqualTo(202);
    assertThat(index.find("kms", "Encrypt").target()).isEqualTo("TrentService.Encrypt");
    assertThat(index.find("iam", "CreateSAMLProvider").requestClass())
        .endsWith(".CreateSamlProviderRequest");
    assertThat(index.error(ThrottlingException.class).status()).isEqualTo(429);
    assertThat(index.error(NoSuchKeyException.class).code()).isEqualTo("NoSuchKey");
    assertThat(index.error(NoSuchKeyException.class).status()).isEqualTo(404);
    ServiceError dashboard = index.error(DashboardNotFoundErrorException.class);
    assertThat(dashboard.queryCode()).isEqualTo("ResourceNotFound");
    assertThat(index.find("cloudwatch", "PutMetricData").protocols())
        .containsExactly(Protocol.RPC_V2_CBOR, Protocol.AWS_JSON_1_0, Protocol.QUERY);
  }

  @Test
  void theIndexIsSmall() throws Exception {
    try (var in = OperationIndex.class.getResourceAsStream("index.tsv")) {
      assertThat(in.readAllBytes()).hasSizeBetween(100_000, 250_000);
    }
  }

  @Test
  void namesAreUnique() {
    Set<String> classes = new HashSet<>();
    for (Service service : index.services()) {
      for (Operation operation : index.operations(service.name())) {
        assertThat(classes.add(operation.requestClass())).as(operation.id()).isTrue();
      }
    }
  }
}
