/** What calls said: invocation logging, CloudWatch Logs. */
package dev.outcrop.logs;
