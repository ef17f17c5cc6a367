package dev.outcrop.operations.generate;

import dev.outcrop.operations.Streaming;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.awscore.eventstream.EventStreamResponseHandler;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;

/**
 * Which halves of an operation stream, from the signatures of its client methods.
 *
 * @param kind which halves stream
 * @param in the request's event union, or null
 * @param out the response's event union, or null
 */
record Streams(Streaming kind, Class<?> in, Class<?> out) {

  static Streams of(List<Method> methods) {
    boolean blobIn = false;
    boolean blobOut = false;
    Class<?> in = null;
    Class<?> out = null;
    for (Method method : methods) {
      Class<?>[] types = method.getParameterTypes();
      for (int i = 1; i < types.length; i++) {
        blobIn |= types[i] == RequestBody.class || types[i] == AsyncRequestBody.class;
        blobOut |= types[i] == ResponseTransformer.class;
        blobOut |= types[i] == AsyncResponseTransformer.class;
        if (types[i] == Publisher.class) in = argument(method.getGenericParameterTypes()[i], 0);
        if (EventStreamResponseHandler.class.isAssignableFrom(types[i])) {
          out = argument(types[i].getGenericInterfaces()[0], 1);
        }
      }
    }
    return new Streams(kind(blobIn, blobOut, in, out), in, out);
  }

  private static Streaming kind(boolean blobIn, boolean blobOut, Class<?> in, Class<?> out) {
    if (in != null) return out != null ? Streaming.EVENTS_BOTH : Streaming.EVENTS_IN;
    if (out != null) return Streaming.EVENTS_OUT;
    if (blobIn) return blobOut ? Streaming.BLOB_BOTH : Streaming.BLOB_IN;
    return blobOut ? Streaming.BLOB_OUT : Streaming.NONE;
  }

  private static Class<?> argument(Type type, int index) {
    return (Class<?>) ((ParameterizedType) type).getActualTypeArguments()[index];
  }

  /** The union's static builder methods by event type. */
  static Map<String, String> builders(Class<?> union) throws ReflectiveOperationException {
    Class<?> types = Class.forName(union.getName() + "$EventType", true, union.getClassLoader());
    Map<String, String> builders = new TreeMap<>();
    for (Method method : union.getDeclaredMethods()) {
      if (!Modifier.isStatic(method.getModifiers()) || !method.getName().endsWith("Builder")) {
        continue;
      }
      String event = method.getName().substring(0, method.getName().length() - 7);
      String type =
          Arrays.stream(types.getEnumConstants())
              .map(Object::toString)
              .filter(event::equalsIgnoreCase)
              .findFirst()
              .orElseThrow(() -> new NoSuchFieldException("event type of " + method));
      builders.put(type, method.getName());
    }
    return builders;
  }
}
