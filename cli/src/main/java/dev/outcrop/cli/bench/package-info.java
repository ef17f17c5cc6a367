/** Public test collections, how to read them, and the measures computed over them. */
package dev.outcrop.cli.bench;
