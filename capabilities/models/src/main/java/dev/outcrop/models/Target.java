package dev.outcrop.models;

import dev.outcrop.models.catalogue.CatalogueEntry;
import software.amazon.awssdk.services.bedrockruntime.model.PromptRouterTrace;

/**
 * What a request's model identifier stands for.
 *
 * @param identifier as the client sent it
 * @param name the model id in it, ARN and region prefix taken off; it tells the family of a body
 * @param entry the model
 * @param profile ARN of the application inference profile it came through; null without one
 * @param trace the decision of a prompt router; null without one
 */
record Target(
    String identifier,
    String name,
    CatalogueEntry entry,
    String profile,
    PromptRouterTrace trace) {}
