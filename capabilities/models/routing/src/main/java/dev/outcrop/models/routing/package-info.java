/** Prompt routers: each request goes to the cheaper of two models, unless it is too hard for it. */
package dev.outcrop.models.routing;
