package dev.outcrop.logs.invocations;

import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Where logs can be written: this server's own services or AWS's. Clients are asked for when they
 * are needed, for most servers log nothing and making a client takes time.
 */
public record Destinations(Supplier<CloudWatchLogsClient> logs, Supplier<S3Client> s3) {}
