package dev.outcrop.models.llama;

import dev.outcrop.models.llama.schema.Check;
import dev.outcrop.models.llama.schema.Places;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;

/**
 * A value that is held back until it is whole and was found valid. One that is not is written
 * again: from what is wrong on at first, and after some tries from what that is a part of, up to
 * the whole value.
 */
final class Held {
  private static final int MOST_TRIES = 30;
  private static final int TRIES_EACH = 3;

  private final Check check;
  private final String what;
  private final int begin;
  private final StringBuilder text = new StringBuilder();
  private int tries = 1;

  /**
   * @param what it is, for messages
   * @param begin how many characters of the answer stand before it
   */
  Held(Check check, String what, int begin) {
    this.check = check;
    this.what = what;
    this.begin = begin;
  }

  void add(String more) {
    text.append(more);
  }

  String text() {
    return text.toString();
  }

  int begin() {
    return begin;
  }

  int tries() {
    return tries;
  }

  /**
   * What of it to go on from; empty when it is valid.
   *
   * @throws ModelErrorException when it was tried often enough
   */
  Optional<String> keep() {
    return check.fault(text()).map(this::keep);
  }

  private String keep(Check.Fault fault) {
    if (tries == MOST_TRIES) {
      throw ModelErrorException.builder()
          .message(
              "The model wrote %s %d times without following the JSON schema: %s"
                  .formatted(what, tries, fault.reason()))
          .originalStatusCode(500)
          .build();
    }
    int depth = Math.max(0, fault.path().size() - tries / TRIES_EACH);
    List<String> path = fault.path().subList(0, depth);
    String kept = text.substring(0, depth == 0 ? 0 : Places.before(text(), path));
    tries++;
    text.setLength(0);
    return kept;
  }
}
