/** How the difficulty model is trained from public data, and how good it is. */
package dev.outcrop.models.routing.training;
