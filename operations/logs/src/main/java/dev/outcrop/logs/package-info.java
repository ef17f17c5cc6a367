/** CloudWatch Logs' operations: groups, streams, events and the search in them. */
package dev.outcrop.logs;
