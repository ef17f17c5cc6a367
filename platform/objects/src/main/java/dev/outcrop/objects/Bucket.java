package dev.outcrop.objects;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A bucket.
 *
 * @param account the owner's
 * @param folder a user's folder that is served as it is, read-only; null when objects are kept here
 */
record Bucket(String name, String account, String region, Instant created, Path folder) {}
