package dev.outcrop.models.compatible;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An answer that can be gone on from.
 *
 * @param previous id of the one that it goes on from; empty for none
 * @param response with what clients see only on demand
 * @param input its own input items, without those of the ones before
 */
record StoredResponse(
    String id, long created, String previous, ObjectNode response, ArrayNode input) {}
