/**
 * The native bodies of {@code InvokeModel}: each model family's own JSON, translated to the one
 * internal form and back. {@link dev.outcrop.models.bodies.Families} finds a body's family.
 */
package dev.outcrop.models.bodies;
