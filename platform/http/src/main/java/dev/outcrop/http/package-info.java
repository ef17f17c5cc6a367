/**
 * The HTTP server: turns connections (HTTP/1.1, HTTP/2 cleartext with prior knowledge or upgrade,
 * or both over TLS) into {@link dev.outcrop.wire.HttpExchange}s and calls one {@link
 * dev.outcrop.wire.HttpHandler} with them.
 */
package dev.outcrop.http;
