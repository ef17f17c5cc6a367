package dev.outcrop.models.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outcrop.models.RuntimeErrors;
import java.util.Set;
import software.amazon.awssdk.services.bedrockruntime.model.Citation;
import software.amazon.awssdk.services.bedrockruntime.model.CitationLocation;
import software.amazon.awssdk.services.bedrockruntime.model.CitationSourceContent;
import software.amazon.awssdk.services.bedrockruntime.model.CitationSourceContentDelta;
import software.amazon.awssdk.services.bedrockruntime.model.CitationsDelta;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentCharLocation;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentChunkLocation;
import software.amazon.awssdk.services.bedrockruntime.model.DocumentPageLocation;
import software.amazon.awssdk.services.bedrockruntime.model.SearchResultLocation;
import software.amazon.awssdk.services.bedrockruntime.model.WebLocation;

/**
 * Citations in both forms. A web search result's {@code encrypted_index}, which the model needs
 * back, travels in Converse's {@code source}, for which web results have no other use.
 */
final class Citations {

  private static final Set<String> CHARS =
      Set.of(
          "type",
          "cited_text",
          "document_index",
          "document_title",
          "file_id",
          "start_char_index",
          "end_char_index");
  private static final Set<String> PAGES =
      Set.of(
          "type",
          "cited_text",
          "document_index",
          "document_title",
          "file_id",
          "start_page_number",
          "end_page_number");
  private static final Set<String> BLOCKS =
      Set.of(
          "type",
          "cited_text",
          "document_index",
          "document_title",
          "file_id",
          "start_block_index",
          "end_block_index");
  private static final Set<String> SEARCH =
      Set.of(
          "type",
          "cited_text",
          "search_result_index",
          "source",
          "title",
          "start_block_index",
          "end_block_index");
  private static final Set<String> WEB =
      Set.of("type", "cited_text", "encrypted_index", "title", "url");

  private Citations() {}

  /** Reads Anthropic's form. */
  static Citation read(Fields from) {
    String type = from.requiredText("type");
    CitationLocation location =
        switch (type) {
          case "char_location" -> chars(from.only(CHARS));
          case "page_location" -> pages(from.only(PAGES));
          case "content_block_location" -> blocks(from.only(BLOCKS));
          case "search_result_location" -> search(from.only(SEARCH));
          case "web_search_result_location" -> web(from.only(WEB));
          default -> throw from.invalid("type", type + " is not a valid enum value");
        };
    if (from.has("file_id")) {
      throw from.invalid("file_id", "files are not kept here; send the document's content");
    }
    String cited = from.requiredText("cited_text");
    return Citation.builder()
        .title(from.text("document_title").or(() -> from.text("title")).orElse(null))
        .source(from.text("source").or(() -> from.text("encrypted_index")).orElse(null))
        .sourceContent(CitationSourceContent.builder().text(cited).build())
        .location(location)
        .build();
  }

  private static CitationLocation chars(Fields from) {
    return CitationLocation.fromDocumentChar(
        DocumentCharLocation.builder()
            .documentIndex(at(from, "document_index"))
            .start(at(from, "start_char_index"))
            .end(at(from, "end_char_index"))
            .build());
  }

  private static CitationLocation pages(Fields from) {
    return CitationLocation.fromDocumentPage(
        DocumentPageLocation.builder()
            .documentIndex(at(from, "document_index"))
            .start(at(from, "start_page_number"))
            .end(at(from, "end_page_number"))
            .build());
  }

  private static CitationLocation blocks(Fields from) {
    return CitationLocation.fromDocumentChunk(
        DocumentChunkLocation.builder()
            .documentIndex(at(from, "document_index"))
            .start(at(from, "start_block_index"))
            .end(at(from, "end_block_index"))
            .build());
  }

  private static CitationLocation search(Fields from) {
    from.requiredText("source");
    return CitationLocation.fromSearchResultLocation(
        SearchResultLocation.builder()
            .searchResultIndex(at(from, "search_result_index"))
            .start(at(from, "start_block_index"))
            .end(at(from, "end_block_index"))
            .build());
  }

  private static CitationLocation web(Fields from) {
    from.requiredText("encrypted_index");
    return CitationLocation.fromWeb(WebLocation.builder().url(from.requiredText("url")).build());
  }

  private static Integer at(Fields from, String key) {
    from.required(key);
    return from.integer(key, 0).orElseThrow();
  }

  /** The same as an event of a stream. */
  static CitationsDelta delta(Citation citation) {
    return CitationsDelta.builder()
        .title(citation.title())
        .source(citation.source())
        .sourceContent(
            citation.sourceContent().stream()
                .map(s -> CitationSourceContentDelta.builder().text(s.text()).build())
                .toList())
        .location(citation.location())
        .build();
  }

  static Citation whole(CitationsDelta delta) {
    return Citation.builder()
        .title(delta.title())
        .source(delta.source())
        .sourceContent(
            delta.sourceContent().stream()
                .map(s -> CitationSourceContent.builder().text(s.text()).build())
                .toList())
        .location(delta.location())
        .build();
  }

  /** Writes Anthropic's form. */
  static ObjectNode write(Citation citation) {
    CitationLocation at = citation.location();
    StringBuilder cited = new StringBuilder();
    citation.sourceContent().forEach(content -> cited.append(content.text()));
    CitationLocation.Type type =
        at == null ? CitationLocation.Type.UNKNOWN_TO_SDK_VERSION : at.type();
    return switch (type) {
      case DOCUMENT_CHAR ->
          document("char_location", cited, at.documentChar().documentIndex(), citation)
              .put("start_char_index", at.documentChar().start())
              .put("end_char_index", at.documentChar().end());
      case DOCUMENT_PAGE ->
          document("page_location", cited, at.documentPage().documentIndex(), citation)
              .put("start_page_number", at.documentPage().start())
              .put("end_page_number", at.documentPage().end());
      case DOCUMENT_CHUNK ->
          document("content_block_location", cited, at.documentChunk().documentIndex(), citation)
              .put("start_block_index", at.documentChunk().start())
              .put("end_block_index", at.documentChunk().end());
      case WEB ->
          base("web_search_result_location", cited)
              .put("url", at.web().url())
              .put("title", citation.title())
              .put("encrypted_index", citation.source());
      case SEARCH_RESULT_LOCATION ->
          base("search_result_location", cited)
              .put("search_result_index", at.searchResultLocation().searchResultIndex())
              .put("source", citation.source())
              .put("title", citation.title())
              .put("start_block_index", at.searchResultLocation().start())
              .put("end_block_index", at.searchResultLocation().end());
      case UNKNOWN_TO_SDK_VERSION ->
          throw RuntimeErrors.invalid(
              "A citation has no location: give one of web, documentChar, documentPage,"
                  + " documentChunk and searchResultLocation.");
    };
  }

  private static ObjectNode document(
      String type, StringBuilder cited, Integer index, Citation citation) {
    return base(type, cited).put("document_index", index).put("document_title", citation.title());
  }

  private static ObjectNode base(String type, StringBuilder cited) {
    return Json.object().put("type", type).put("cited_text", cited.toString());
  }
}
