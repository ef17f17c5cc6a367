/** Who is asking: access keys, signatures and API keys. */
package dev.outcrop.access;
