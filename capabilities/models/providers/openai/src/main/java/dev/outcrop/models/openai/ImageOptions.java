package dev.outcrop.models.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.ModelEntry;
import dev.outcrop.models.upstream.EntryOptions;

/**
 * The options of an image model's entry.
 *
 * <ul>
 *   <li>{@code model}: what the server calls the model; default the entry's id
 *   <li>{@code formats}: whether the model encodes as asked ({@code output_format}); default true
 *       for models named gpt-image…, otherwise all images are PNG and come by {@code
 *       response_format}
 *   <li>{@code moreFields}: whether the server knows {@code negative_prompt}, {@code
 *       guidance_scale} and {@code seed}; default false
 *   <li>{@code extraBody}: a JSON object, laid over every request
 * </ul>
 */
record ImageOptions(String model, boolean formats, boolean moreFields, ObjectNode extraBody) {

  static ImageOptions of(ModelEntry entry) {
    EntryOptions options = new EntryOptions(entry);
    String model = options.text("model", entry.id());
    ImageOptions read =
        new ImageOptions(
            model,
            options.flag("formats", model.startsWith("gpt-image")),
            options.flag("moreFields", false),
            Json.object(options, "extraBody"));
    options.finish();
    return read;
  }
}
