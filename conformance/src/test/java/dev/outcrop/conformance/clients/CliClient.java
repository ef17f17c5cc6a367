package dev.outcrop.conformance.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The AWS CLI, a process for each call. */
final class CliClient implements Client {
  /** Operations whose answer's blob goes to a file that the command line names. */
  private static final Map<String, String> TO_FILE =
      Map.of("GetObject", "Body", "InvokeModel", "body");

  private static final Pattern FAILURE =
      Pattern.compile(
          "An error occurred \\((\\w+)\\) when calling the \\w+ operation"
              + "(?: \\(reached max retries: (\\d+)\\))?: (.*)",
          Pattern.DOTALL);

  private final Path command;
  private final Map<String, String> environment;
  private final Path folder;

  CliClient(Path command, Map<String, String> environment) throws IOException {
    this.command = command;
    this.environment = environment;
    this.folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "aws-cli-");
  }

  @Override
  public boolean lacks(Lack what) {
    return what == Lack.STREAMS || what == Lack.PRESIGNED_PUT;
  }

  @Override
  public Answer call(String service, String operation, JsonNode input) {
    List<String> words = new ArrayList<>(List.of(service, kebab(operation)));
    String toFile = TO_FILE.get(operation);
    ObjectNode rest = Json.object();
    for (Map.Entry<String, JsonNode> member : input.properties()) {
      Path blob = blob(member.getValue());
      if (blob != null) {
        words.add("--" + kebab(member.getKey()));
        words.add((service.equals("s3") ? "" : "fileb://") + blob);
      } else if (toFile != null && member.getValue().isTextual()) {
        // With a file to write, the CLI takes no JSON.
        words.addAll(List.of("--" + kebab(member.getKey()), member.getValue().asText()));
      } else {
        rest.set(member.getKey(), member.getValue());
      }
    }
    Path out = toFile == null ? null : file("out");
    words.addAll(
        out == null
            ? List.of("--cli-input-json", rest.toString(), "--no-paginate")
            : List.of(out.toString()));
    Answer answer = run(words);
    if (out != null && answer.error() == null) {
      ((ObjectNode) answer.output()).set(toFile, Blobs.shown(read(out)));
    }
    return answer;
  }

  private Path blob(JsonNode value) {
    if (value.has("$file")) {
      return Path.of(value.get("$file").asText());
    }
    return value.has("$text") ? write(value.get("$text").asText()) : null;
  }

  private Path write(String text) {
    try {
      return Files.writeString(file("in"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name) {
    return folder.resolve(name + System.nanoTime());
  }

  @Override
  public Answer stream(String service, String operation, JsonNode input, int leaveAfter) {
    throw new UnsupportedOperationException("the AWS CLI has no event streams");
  }

  @Override
  public Answer pages(String service, String operation, JsonNode input) {
    int size = input.path("maxResults").asInt();
    ObjectNode rest = input.deepCopy();
    rest.remove("maxResults");
    List<String> words = new ArrayList<>(List.of(service, kebab(operation)));
    words.addAll(List.of("--cli-input-json", rest.toString(), "--page-size", "" + size));
    Answer answer = run(words);
    return new Answer(
        Json.MAPPER.createArrayNode().add(answer.output()),
        List.of(),
        answer.error(),
        answer.attempts());
  }

  @Override
  public Answer upload(String bucket, String key, Path file) {
    return run(List.of("s3", "cp", "--quiet", file.toString(), "s3://" + bucket + "/" + key));
  }

  @Override
  public Answer presign(String operation, JsonNode input) {
    String object = "s3://" + input.path("Bucket").asText() + "/" + input.path("Key").asText();
    Answer answer = run(List.of("s3", "presign", object));
    return new Answer(
        Json.object().put("url", answer.output().asText().strip()), List.of(), answer.error(), 1);
  }

  private Answer run(List<String> words) {
    List<String> line = new ArrayList<>(List.of(command.toString()));
    line.addAll(words);
    if (line.get(1).equals("s3") && !List.of("cp", "presign").contains(line.get(2))) {
      line.set(1, "s3api");
    }
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(environment);
    try {
      Path err = file("err");
      Process process = builder.redirectError(err.toFile()).start();
      process.getOutputStream().close();
      String out =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0
          ? Answer.of(output(out))
          : failure(Files.readString(err).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode output(String out) {
    if (out.isEmpty()) {
      return Json.object();
    }
    return out.startsWith("{") ? Json.json(out) : Json.MAPPER.getNodeFactory().textNode(out);
  }

  private static Answer failure(String said) {
    Matcher error = FAILURE.matcher(said);
    if (!error.find()) {
      return new Answer(null, List.of(), new Answer.Failure("", said, false, 0), 0);
    }
    int attempts = error.group(2) == null ? 1 : Integer.parseInt(error.group(2)) + 1;
    return new Answer(
        null, List.of(), new Answer.Failure(error.group(1), error.group(3), true, 0), attempts);
  }

  private static String kebab(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {}
}
