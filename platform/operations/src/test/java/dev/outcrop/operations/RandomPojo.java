package dev.outcrop.operations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** Fills SDK classes with whatever their fields can hold. */
final class RandomPojo {
  private static final List<String> TEXTS =
      List.of("", "a", "DRAFT", "\u0000", "\ud83d\ude00", "arn:aws:iam::1:role/x", "x".repeat(300));

  private final Random random;

  RandomPojo(long seed) {
    random = new Random(seed);
  }

  SdkPojo fill(SdkPojo builder, int depth) {
    for (SdkField<?> field : builder.sdkFields()) {
      if (random.nextInt(3) > 0) field.set(builder, value(field, depth));
    }
    return (SdkPojo) ((SdkBuilder<?, ?>) builder).build();
  }

  private Object value(SdkField<?> field, int depth) {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.SDK_POJO) {
      SdkPojo builder = field.constructor().get();
      return depth == 0 ? ((SdkBuilder<?, ?>) builder).build() : fill(builder, depth - 1);
    }
    if (type == MarshallingType.LIST) {
      SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
      List<Object> list = new ArrayList<>();
      for (int n = random.nextInt(3); n > 0 && depth > 0; n--) list.add(value(member, depth - 1));
      return list;
    }
    if (type == MarshallingType.MAP) {
      SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
      Map<String, Object> map = new HashMap<>();
      for (int n = random.nextInt(3); n > 0 && depth > 0; n--) {
        map.put(text(), value(member, depth - 1));
      }
      return map;
    }
    return scalar(type);
  }

  private Object scalar(MarshallingType<?> type) {
    if (type == MarshallingType.STRING) return text();
    if (type == MarshallingType.INTEGER) return random.nextInt();
    if (type == MarshallingType.LONG) return random.nextLong();
    if (type == MarshallingType.SHORT) return (short) random.nextInt();
    if (type == MarshallingType.FLOAT) return random.nextBoolean() ? Float.NaN : random.nextFloat();
    if (type == MarshallingType.DOUBLE) return Double.longBitsToDouble(random.nextLong());
    if (type == MarshallingType.BIG_DECIMAL) return java.math.BigDecimal.TEN;
    if (type == MarshallingType.BOOLEAN) return random.nextBoolean();
    if (type == MarshallingType.INSTANT) return Instant.EPOCH;
    if (type == MarshallingType.SDK_BYTES) return SdkBytes.fromByteArray(new byte[10]);
    if (type == MarshallingType.DOCUMENT) return Document.fromString("x");
    throw new IllegalStateException("No value for " + type);
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }
}
