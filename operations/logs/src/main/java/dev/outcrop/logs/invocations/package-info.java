/** Model invocation logging: calls of models in CloudWatch Logs and S3. */
package dev.outcrop.logs.invocations;
