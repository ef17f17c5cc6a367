package dev.outcrop.conformance.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A client in another language, in a process that answers a line of JSON with a line of JSON. */
final class ScriptClient implements Client {
  private final Process process;
  private final Writer requests;
  private final BufferedReader answers;

  ScriptClient(Path folder, List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    requests = process.outputWriter();
    answers = process.inputReader();
  }

  @Override
  public boolean lacks(Lack what) {
    return false;
  }

  @Override
  public Answer call(String service, String operation, JsonNode input) {
    return ask(about("call", service, operation, input));
  }

  @Override
  public Answer stream(String service, String operation, JsonNode input, int leaveAfter) {
    return ask(about("stream", service, operation, input).put("leaveAfter", leaveAfter));
  }

  @Override
  public Answer pages(String service, String operation, JsonNode input) {
    return ask(about("pages", service, operation, input));
  }

  @Override
  public Answer upload(String bucket, String key, Path file) {
    return ask(verb("upload").put("bucket", bucket).put("key", key).put("file", file.toString()));
  }

  @Override
  public Answer presign(String operation, JsonNode input) {
    return ask(verb("presign").put("operation", operation).set("input", input));
  }

  private static ObjectNode verb(String name) {
    return Json.object().put("verb", name);
  }

  private static ObjectNode about(String verb, String service, String operation, JsonNode input) {
    return verb(verb).put("service", service).put("operation", operation).set("input", input);
  }

  synchronized Answer ask(ObjectNode request) {
    try {
      requests.write(request + "\n");
      requests.flush();
      String line = answers.readLine();
      if (line == null) {
        throw new IOException("the client's process ended; what it said is above");
      }
      return answer(Json.MAPPER.readTree(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Answer answer(JsonNode json) {
    List<JsonNode> events = new ArrayList<>();
    json.path("events").forEach(events::add);
    JsonNode error = json.path("error");
    Answer.Failure failure =
        error.isMissingNode() ? null : Json.MAPPER.convertValue(error, Answer.Failure.class);
    return new Answer(json.path("output"), events, failure, json.path("attempts").asInt());
  }

  @Override
  public void close() {
    process.destroy();
  }
}
