/** The native bodies of {@code InvokeModel}: each model family's own JSON. */
package dev.outcrop.models.bodies;
