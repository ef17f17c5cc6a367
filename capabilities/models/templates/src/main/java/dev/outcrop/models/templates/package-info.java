/** Chat templates in the Jinja language, rendered to the character as their reference does. */
package dev.outcrop.models.templates;
