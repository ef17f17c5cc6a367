/** The endpoints of OpenAI's API, over the same models. */
package dev.outcrop.models.compatible;
