package dev.outcrop.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.services.bedrockagent.model.CreateKnowledgeBaseRequest;
import software.amazon.awssdk.services.bedrockagent.model.StorageConfiguration;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrievalFilter;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveRequest;

class SupportedFieldsTest {

  @TestFactory
  Stream<DynamicTest> everyMemberOfEveryRequestIsHonouredOrRefused() {
    return SupportedFields.requests().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> complete(e.getKey(), e.getValue())));
  }

  private static void complete(String request, SupportedFields fields) throws Exception {
    Set<String> leaves = new TreeSet<>();
    Set<String> paths = new HashSet<>();
    walk("", pojo(request), new HashSet<>(), leaves, paths);
    assertThat(leaves)
        .allMatch(
            leaf ->
                fields.honoured().contains(leaf)
                    || fields.refused().stream()
                        .anyMatch(
                            r ->
                                leaf.equals(r)
                                    || leaf.startsWith(r + ".")
                                    || leaf.startsWith(r + "[")),
            "is honoured or refused");
    assertThat(leaves).containsAll(fields.honoured());
    assertThat(paths).containsAll(fields.refused());
  }

  private static SdkPojo pojo(String request) throws Exception {
    for (String service : new String[] {"bedrockagent", "bedrockagentruntime"}) {
      try {
        Class<?> type =
            Class.forName("software.amazon.awssdk.services." + service + ".model." + request);
        return (SdkPojo) type.getMethod("builder").invoke(null);
      } catch (ClassNotFoundException e) {
        continue;
      }
    }
    throw new AssertionError("no such request: " + request);
  }

  private static void walk(
      String prefix, SdkPojo pojo, Set<Class<?>> above, Set<String> leaves, Set<String> paths) {
    if (!above.add(pojo.getClass())) {
      return;
    }
    for (SdkField<?> field : pojo.sdkFields()) {
      String name = field.memberName();
      descend(
          prefix + Character.toLowerCase(name.charAt(0)) + name.substring(1),
          field,
          above,
          leaves,
          paths);
    }
    above.remove(pojo.getClass());
  }

  private static void descend(
      String path, SdkField<?> field, Set<Class<?>> above, Set<String> leaves, Set<String> paths) {
    paths.add(path);
    if (field.marshallingType() == MarshallingType.SDK_POJO) {
      SdkPojo below = field.constructor().get();
      int before = leaves.size();
      walk(path + ".", below, above, leaves, paths);
      if (leaves.size() == before && below.sdkFields().isEmpty()) {
        leaves.add(path);
      }
    } else if (field.marshallingType() == MarshallingType.LIST
        && field.getTrait(ListTrait.class).memberFieldInfo().marshallingType()
            == MarshallingType.SDK_POJO) {
      descend(path + "[]", field.getTrait(ListTrait.class).memberFieldInfo(), above, leaves, paths);
    } else {
      leaves.add(SupportedFields.canonical(path));
    }
  }

  @Test
  void refusesWhatIsNotHonouredByName() {
    CreateKnowledgeBaseRequest request =
        CreateKnowledgeBaseRequest.builder()
            .name("a")
            .storageConfiguration(StorageConfiguration.builder().build())
            .build();
    assertThatThrownBy(() -> SupportedFields.check(request, IllegalArgumentException::new))
        .hasMessageContaining("storageConfiguration is not supported");
  }

  @Test
  void letsNestedFiltersThrough() {
    RetrievalFilter year =
        RetrievalFilter.builder()
            .equalsValue(
                e ->
                    e.key("year")
                        .value(software.amazon.awssdk.core.document.Document.fromNumber(1)))
            .build();
    RetrieveRequest request =
        RetrieveRequest.builder()
            .knowledgeBaseId("A")
            .retrievalConfiguration(
                r ->
                    r.vectorSearchConfiguration(
                        v ->
                            v.filter(
                                f ->
                                    f.andAll(
                                        year,
                                        RetrievalFilter.builder().orAll(year, year).build()))))
            .build();
    SupportedFields.check(request, IllegalArgumentException::new);
  }
}
