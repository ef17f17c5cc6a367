package dev.outcrop.models.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outcrop.models.upstream.Failure;
import dev.outcrop.models.upstream.Failure.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The tool calls of an answer, one block each. Chunks of several calls may come interleaved; the
 * first call that isn't finished is sent as it comes, the others wait for it. It is finished when
 * its arguments are a whole object and another call goes on, or when the answer ends.
 */
final class ToolCalls {

  private final Blocks blocks;
  private final List<ToolCall> calls = new ArrayList<>();
  private ToolCall live;
  private boolean malformed;

  ToolCalls(Blocks blocks) {
    this.blocks = blocks;
  }

  boolean any() {
    return !calls.isEmpty();
  }

  /** Whether the arguments of one were no whole object. */
  boolean malformed() {
    return malformed;
  }

  /** Takes in one element of {@code tool_calls}. */
  void delta(JsonNode delta) {
    ToolCall call = call(delta);
    JsonNode function = delta.path("function");
    call.identify(delta.path("id").asText(""), function.path("name").asText(""));
    JsonNode arguments = function.path("arguments");
    String more = arguments.isContainerNode() ? arguments.toString() : arguments.asText("");
    if (call.closed) {
      if (!more.isBlank()) {
        throw new Failure(Kind.BROKEN, 0, "pieces of a tool call came after its end");
      }
      return;
    }
    call.add(more);
    send(call);
  }

  private void send(ToolCall call) {
    while (live != call) {
      if (live != null) {
        if (!live.complete()) {
          return;
        }
        close(live);
      }
      openNext();
      if (live == null) {
        return;
      }
    }
    flush(call);
  }

  /** The call that a delta continues, or a new one. */
  private ToolCall call(JsonNode delta) {
    String id = delta.path("id").asText("");
    int index = delta.path("index").asInt(calls.isEmpty() || !id.isEmpty() ? -1 : last().index());
    for (int i = calls.size() - 1; i >= 0; i--) {
      ToolCall call = calls.get(i);
      // Some servers number every call 0 and tell them apart by id only.
      boolean other = !id.isEmpty() && call.id() != null && !id.equals(call.id());
      if (index >= 0 ? call.index() == index && !other : !id.isEmpty() && id.equals(call.id())) {
        return call;
      }
    }
    ToolCall call = new ToolCall(index >= 0 ? index : calls.size());
    calls.add(call);
    return call;
  }

  private ToolCall last() {
    return calls.getLast();
  }

  /** Opens the first call that isn't closed, once its name is known. */
  private void openNext() {
    for (ToolCall call : calls) {
      if (!call.closed) {
        if (call.name() != null && !call.name().isEmpty()) {
          open(call);
        }
        return;
      }
    }
  }

  private void open(ToolCall call) {
    if (call.id().isEmpty()) {
      call.identify("call_" + UUID.randomUUID().toString().replace("-", ""), call.name());
    }
    live = call;
    blocks.tool(call.id(), call.name());
    flush(call);
  }

  private void flush(ToolCall call) {
    String more = call.take();
    if (!more.isEmpty()) {
      blocks.toolInput(more);
    }
  }

  private void close(ToolCall call) {
    if (call.empty()) {
      blocks.toolInput("{}");
    } else if (!call.complete()) {
      malformed = true;
    }
    blocks.close();
    call.closed = true;
    live = null;
  }

  /** Sends what is left. */
  void finish() {
    for (ToolCall call : calls) {
      if (call.closed) {
        continue;
      }
      if (live != call) {
        if (call.name().isEmpty()) {
          throw new Failure(Kind.BROKEN, 0, "it called a tool without naming it");
        }
        open(call);
      }
      close(call);
    }
  }
}
