/** Which models there are: built-in entries, the user's own, and the names they answer to. */
package dev.outcrop.models.catalogue;
