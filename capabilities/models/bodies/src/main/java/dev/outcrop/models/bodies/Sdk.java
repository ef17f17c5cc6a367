package dev.outcrop.models.bodies;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.wire.RefusedException;
import dev.outcrop.wire.json.Dialect;
import dev.outcrop.wire.json.StructureReader;
import dev.outcrop.wire.json.StructureWriter;
import dev.outcrop.wire.shape.Member;
import dev.outcrop.wire.shape.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;

/** Parts of bodies that are written as Converse writes them: SDK objects as JSON and back. */
final class Sdk {

  private Sdk() {}

  /** Reads an object, with every key that the class does not have refused. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <T extends SdkPojo> T read(
      String pointer, JsonNode node, Supplier<? extends SdkPojo> builder) {
    SdkPojo target = builder.get();
    Shape shape = Shape.of(target);
    checkObject(pointer, node, shape);
    try (JsonParser in = node.traverse(Body.JSON)) {
      in.nextToken();
      new StructureReader(in, Dialect.JSON).structure(target, shape);
    } catch (RefusedException e) {
      throw Body.malformed(pointer + ": " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (T) Shape.build(target);
  }

  private static void checkObject(String pointer, JsonNode node, Shape shape) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      Member member = shape.bodyMember(entry.getKey());
      if (member == null) {
        throw Body.malformed(
            pointer + ": extraneous key [" + entry.getKey() + "] is not permitted");
      }
      check(pointer + "/" + entry.getKey(), entry.getValue(), member);
    }
  }

  private static void check(String pointer, JsonNode node, Member member) {
    switch (member.type()) {
      case SDK_POJO -> checkObject(pointer, node, member.shape());
      case LIST -> {
        int index = 0;
        for (JsonNode element : node) {
          check(pointer + "/" + index++, element, member.element());
        }
      }
      case MAP ->
          node.properties()
              .forEach(
                  entry ->
                      check(pointer + "/" + entry.getKey(), entry.getValue(), member.element()));
      default -> {
        // Scalars are checked as they are read; documents may hold anything.
      }
    }
  }

  /** An object as Converse would send it. */
  static ObjectNode json(SdkPojo pojo) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = Body.JSON.createGenerator(bytes)) {
      new StructureWriter(out, Dialect.JSON).structure(pojo, Shape.of(pojo));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Body.parse(SdkBytes.fromByteArrayUnsafe(bytes.toByteArray())).json();
  }
}
