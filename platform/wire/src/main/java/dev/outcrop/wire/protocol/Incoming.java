package dev.outcrop.wire.protocol;

import dev.outcrop.wire.HttpExchange;
import java.util.Map;

/**
 * A request on its way into an SDK class.
 *
 * @param exchange its head
 * @param labels the path's labels, percent-encoded as sent
 * @param body the whole body with content codings undone; null where the body is a stream that the
 *     capability reads
 */
public record Incoming(HttpExchange exchange, Map<String, String> labels, byte[] body) {}
