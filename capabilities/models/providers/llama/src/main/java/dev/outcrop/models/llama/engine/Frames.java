package dev.outcrop.models.llama.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Messages over a pipe: a magic byte, the length, the type and the components of the record in
 * order. Both ends are always of the same build, so there are no versions.
 */
public final class Frames {
  private static final int MAGIC = 0x4F;
  private static final int LIMIT = 256 << 20;

  private static final List<Type> TYPES =
      Stream.of(Message.class.getPermittedSubclasses()).map(Type::of).toList();
  private static final Map<Class<?>, Type> BY_CLASS =
      TYPES.stream().collect(Collectors.toMap(Type::type, t -> t));

  private final DataInputStream in;
  private final OutputStream out;

  public Frames(InputStream in, OutputStream out) {
    this.in = new DataInputStream(in);
    this.out = out;
  }

  private record Type(Class<?> type, List<RecordComponent> parts, Constructor<?> constructor) {
    static Type of(Class<?> type) {
      return new Type(type, List.of(type.getRecordComponents()), type.getDeclaredConstructors()[0]);
    }
  }

  /** Sends a message; any thread may. */
  public void write(Message message) throws IOException {
    write(List.of(message));
  }

  /** Sends messages together; any thread may. */
  void write(List<Message> messages) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (Message message : messages) {
      byte[] body = encode(message);
      var head = new DataOutputStream(bytes);
      head.writeByte(MAGIC);
      head.writeInt(body.length);
      head.write(body);
    }
    synchronized (this) {
      out.write(bytes.toByteArray());
      out.flush();
    }
  }

  private static byte[] encode(Message message) throws IOException {
    Type type = BY_CLASS.get(message.getClass());
    var bytes = new ByteArrayOutputStream();
    var data = new DataOutputStream(bytes);
    data.writeByte(TYPES.indexOf(type));
    try {
      for (RecordComponent part : type.parts()) {
        write(data, part.getAccessor().invoke(message));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream data, Object value) throws IOException {
    switch (value) {
      case Long v -> data.writeLong(v);
      case Integer v -> data.writeInt(v);
      case Float v -> data.writeFloat(v);
      case Boolean v -> data.writeBoolean(v);
      case Enum<?> v -> writeText(data, v.name());
      case String v -> writeText(data, v);
      case List<?> v -> {
        data.writeInt(v.size());
        for (Object text : v) {
          writeText(data, (String) text);
        }
      }
      default -> throw new IllegalStateException("no encoding for " + value.getClass());
    }
  }

  private static void writeText(DataOutputStream data, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    data.writeInt(utf8.length);
    data.write(utf8);
  }

  /**
   * The next message; one thread reads.
   *
   * @return null at the end
   * @throws IOException also when what came is no message
   */
  public Message read() throws IOException {
    int magic = in.read();
    if (magic < 0) {
      return null;
    }
    int length = magic == MAGIC ? in.readInt() : -1;
    if (length < 1 || length > LIMIT) {
      throw new IOException("what came through the pipe is no message");
    }
    byte[] frame = in.readNBytes(length);
    if (frame.length < length) {
      throw new EOFException("the pipe ended inside a message");
    }
    return parse(new DataInputStream(new ByteArrayInputStream(frame)));
  }

  private static Message parse(DataInputStream data) throws IOException {
    int number = data.readByte();
    if (number < 0 || number >= TYPES.size()) {
      throw new IOException("what came through the pipe is no message");
    }
    Type type = TYPES.get(number);
    Object[] values = new Object[type.parts().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = read(data, type.parts().get(i).getType());
    }
    try {
      return (Message) type.constructor().newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IOException(e);
    }
  }

  private static Object read(DataInputStream data, Class<?> type) throws IOException {
    if (type == long.class) {
      return data.readLong();
    } else if (type == int.class) {
      return data.readInt();
    } else if (type == float.class) {
      return data.readFloat();
    } else if (type == boolean.class) {
      return data.readBoolean();
    } else if (type.isEnum()) {
      return constant(type, readText(data));
    } else if (type == String.class) {
      return readText(data);
    }
    int count = data.readInt();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(readText(data));
    }
    return texts;
  }

  private static Object constant(Class<?> type, String name) throws IOException {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new IOException(name + " is no " + type.getSimpleName());
  }

  private static String readText(DataInputStream data) throws IOException {
    int length = data.readInt();
    if (length < 0 || length > data.available()) {
      throw new IOException("a message is cut short");
    }
    return new String(data.readNBytes(length), StandardCharsets.UTF_8);
  }
}
