/** Prompt routers: simple prompts to the cheap model, hard ones to the able one. */
package dev.outcrop.models.routing;
