/** CloudWatch Logs' filter patterns. */
package dev.outcrop.logs.filter;
