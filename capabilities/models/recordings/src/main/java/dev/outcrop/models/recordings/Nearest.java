package dev.outcrop.models.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.bedrockruntime.model.ResourceNotFoundException;

/** Finds the recording that is most like a request that has none, to tell what is different. */
final class Nearest {
  private static final int TOLD = 6;

  private final Asked asked;
  private final JsonNode request;
  private String file;
  private List<String> differences;

  private Nearest(Asked asked) {
    this.asked = asked;
    this.request = Sdk.reread(asked.request());
  }

  static ResourceNotFoundException notRecorded(Asked asked, Recorded recorded) {
    Nearest nearest = new Nearest(asked);
    recorded.each(asked.operation(), nearest::look);
    StringBuilder message = new StringBuilder(400);
    message.append(
        "There is no recording of this %s call of model %s in %s (it would be %s.json). "
            .formatted(asked.operation(), asked.model(), recorded.folder(), asked.name()));
    message.append(
        nearest.file == null
            ? "Nothing was recorded for this operation. "
            : "The nearest is %s; different: %s. ".formatted(nearest.file, nearest.told()));
    message.append(
        "To record it, run once with recording.mode set to record and the provider at hand, and"
            + " commit the new file.");
    return ResourceNotFoundException.builder().message(message.toString()).build();
  }

  private void look(String name, JsonNode recording) {
    List<String> found = new ArrayList<>();
    if (!recording.path("model").asText().equals(asked.model())) {
      found.add(
          "model: recorded \"%s\", now \"%s\""
              .formatted(recording.path("model").asText(), asked.model()));
    }
    Difference.between("", recording.path("request"), request, found);
    if (differences == null || found.size() < differences.size()) {
      differences = found;
      file = name;
    }
  }

  private String told() {
    String text = String.join("; ", differences.subList(0, Math.min(TOLD, differences.size())));
    int more = differences.size() - TOLD;
    return more > 0 ? text + "; and " + more + " more" : text;
  }
}
