package dev.outcrop.models;

import dev.outcrop.models.converse.Limits;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentSource;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Makes of what is attached to a conversation what a model can take: objects in S3 are fetched, and
 * documents become the text that is in them where the model doesn't read documents.
 *
 * @param objects where objects are; null for nowhere
 * @param text finds text in documents
 */
public record Attachments(S3Client objects, DocumentText text) {

  /** Reads neither objects nor documents. */
  public static final Attachments NONE =
      new Attachments(
          null,
          (name, format, bytes) -> {
            throw RuntimeErrors.unsupported("document", "documents aren't read here");
          });

  /** The request with all that is attached in it, in a form that the model takes. */
  ConverseStreamRequest ready(ConverseStreamRequest request, ChatModel model) {
    boolean any = false;
    List<Message> messages = new ArrayList<>(request.messages().size());
    for (int i = 0; i < request.messages().size(); i++) {
      Message message = request.messages().get(i);
      Message ready = ready(message, model, "messages." + i);
      any |= ready != message;
      messages.add(ready);
    }
    return any ? request.toBuilder().messages(messages).build() : request;
  }

  private Message ready(Message message, ChatModel model, String at) {
    boolean any = false;
    List<ContentBlock> blocks = new ArrayList<>(message.content().size());
    for (int j = 0; j < message.content().size(); j++) {
      ContentBlock block = message.content().get(j);
      ContentBlock ready = ready(block, model, at + ".content." + j);
      any |= ready != block;
      blocks.add(ready);
    }
    return any ? message.toBuilder().content(blocks).build() : message;
  }

  private ContentBlock ready(ContentBlock block, ChatModel model, String at) {
    return switch (block.type()) {
      case DOCUMENT -> {
        DocumentBlock document = readable(block.document(), model, at);
        yield model.readsDocuments()
            ? document == block.document() ? block : ContentBlock.fromDocument(document)
            : ContentBlock.fromText(read(document, at));
      }
      case TOOL_RESULT -> {
        ToolResultBlock result = ready(block.toolResult(), model, at);
        yield result == block.toolResult() ? block : ContentBlock.fromToolResult(result);
      }
      case IMAGE, VIDEO, AUDIO -> S3Objects.fetched(objects, block, at);
      default -> block;
    };
  }

  private ToolResultBlock ready(ToolResultBlock result, ChatModel model, String at) {
    boolean any = false;
    List<ToolResultContentBlock> blocks = new ArrayList<>(result.content().size());
    for (int k = 0; k < result.content().size(); k++) {
      ToolResultContentBlock block = result.content().get(k);
      ToolResultContentBlock ready = ready(block, model, at + ".toolResult.content." + k);
      any |= ready != block;
      blocks.add(ready);
    }
    return any ? result.toBuilder().content(blocks).build() : result;
  }

  private ToolResultContentBlock ready(ToolResultContentBlock block, ChatModel model, String at) {
    return switch (block.type()) {
      case DOCUMENT -> {
        DocumentBlock document = readable(block.document(), model, at);
        yield model.readsDocuments()
            ? document == block.document() ? block : ToolResultContentBlock.fromDocument(document)
            : ToolResultContentBlock.fromText(read(document, at));
      }
      case IMAGE, VIDEO -> S3Objects.fetched(objects, block, at);
      default -> block;
    };
  }

  private DocumentBlock readable(DocumentBlock document, ChatModel model, String at) {
    DocumentBlock here = fetched(document, at);
    return model.readsDocuments()
            && here.source().bytes() != null
            && !model.readsDocuments(here.formatAsString())
        ? here.toBuilder().format("txt").source(DocumentSource.fromText(content(here))).build()
        : here;
  }

  private DocumentBlock fetched(DocumentBlock document, String at) {
    return document.source().s3Location() == null
        ? document
        : document.toBuilder()
            .source(
                DocumentSource.fromBytes(
                    S3Objects.read(
                        objects,
                        document.source().s3Location(),
                        at + ".document.source",
                        Limits.DOCUMENT)))
            .build();
  }

  /** A document as text, told from what is around it. */
  private String read(DocumentBlock document, String at) {
    if (document.citations() != null && Boolean.TRUE.equals(document.citations().enabled())) {
      String field = at + ".document.citations";
      throw RuntimeErrors.invalid(
          "This model doesn't support the "
              + field
              + " field. Remove "
              + field
              + " and try again.");
    }
    StringBuilder all = new StringBuilder(64);
    all.append("<document name=\"").append(document.name()).append("\">\n");
    if (document.context() != null) {
      all.append("<context>").append(document.context()).append("</context>\n");
    }
    return all.append(content(document)).append("\n</document>").toString();
  }

  private String content(DocumentBlock document) {
    DocumentSource source = document.source();
    return switch (source.type()) {
      case TEXT -> source.text();
      case CONTENT ->
          String.join("\n", source.content().stream().map(DocumentContentBlock::text).toList());
      default ->
          text.of(
              document.name(),
              document.formatAsString() == null ? "txt" : document.formatAsString(),
              source.bytes().asByteArrayUnsafe());
    };
  }
}
