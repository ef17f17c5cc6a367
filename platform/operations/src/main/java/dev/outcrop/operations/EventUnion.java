package dev.outcrop.operations;

import java.util.Map;

/**
 * The tagged union that travels in an event stream.
 *
 * @param unionClass the SDK's interface, for example {@code ConverseStreamOutput}
 * @param builders the interface's static builder method by {@code :event-type}: {@code
 *     contentBlockDelta} → {@code contentBlockDeltaBuilder}. An event made any other way has no
 *     type.
 * @param exceptions the SDK's exception class by {@code :exception-type}: {@code
 *     throttlingException} → {@code …model.ThrottlingException}
 */
public record EventUnion(
    String unionClass, Map<String, String> builders, Map<String, String> exceptions) {}
