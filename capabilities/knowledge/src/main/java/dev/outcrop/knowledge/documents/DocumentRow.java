package dev.outcrop.knowledge.documents;

import dev.outcrop.knowledge.index.DocumentKey;
import java.time.Instant;
import software.amazon.awssdk.services.bedrockagent.model.DocumentStatus;

/**
 * What is known of a document.
 *
 * @param key its name
 * @param status where it stands
 * @param reason why it failed, or null
 * @param seenVersion ETag at the last scan; null when the document came by request
 * @param seenSize bytes at the last scan
 * @param seenMetadata ETag of its metadata file at the last scan; null when it has none
 * @param version ETag of what the index holds; null when it holds nothing
 * @param metadataVersion ETag of the metadata that the index holds
 * @param chunks how many chunks the index holds of it
 * @param updated when the status changed last
 */
public record DocumentRow(
    DocumentKey key,
    DocumentStatus status,
    String reason,
    String seenVersion,
    long seenSize,
    String seenMetadata,
    String version,
    String metadataVersion,
    int chunks,
    Instant updated) {}
