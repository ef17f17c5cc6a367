package dev.outcrop.logs.invocations;

import dev.outcrop.storage.Database;
import dev.outcrop.storage.Kind;
import dev.outcrop.storage.Resources;
import dev.outcrop.wire.RequestContext;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.bedrock.model.DeleteModelInvocationLoggingConfigurationRequest;
import software.amazon.awssdk.services.bedrock.model.DeleteModelInvocationLoggingConfigurationResponse;
import software.amazon.awssdk.services.bedrock.model.GetModelInvocationLoggingConfigurationRequest;
import software.amazon.awssdk.services.bedrock.model.GetModelInvocationLoggingConfigurationResponse;
import software.amazon.awssdk.services.bedrock.model.LoggingConfig;
import software.amazon.awssdk.services.bedrock.model.PutModelInvocationLoggingConfigurationRequest;
import software.amazon.awssdk.services.bedrock.model.PutModelInvocationLoggingConfigurationResponse;
import software.amazon.awssdk.services.bedrock.model.S3Config;
import software.amazon.awssdk.services.bedrock.model.ValidationException;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;

/**
 * Bedrock's operations on where calls of models are logged: one configuration for each account and
 * region. A role in it is kept and told again; logs are written by this server itself.
 */
public final class InvocationLogging {
  private static final String ID = "configuration";

  private final Resources<LoggingConfig> stored;
  private final Destinations destinations;

  /** What is stored, for it is asked for at every call of a model. */
  private final Map<Place, Optional<LoggingConfig>> known = new ConcurrentHashMap<>();

  record Place(String account, String region) {}

  public InvocationLogging(Database database, InstantSource clock, Destinations destinations) {
    this.stored =
        new Resources<>(
            database, clock, Kind.of("bedrock.invocation-logging", LoggingConfig::builder));
    this.destinations = destinations;
  }

  /** Where the calls of an account and region are logged; empty for nowhere. */
  Optional<LoggingConfig> of(Place place) {
    Optional<LoggingConfig> config = known.get(place);
    return config != null ? config : known.computeIfAbsent(place, this::read);
  }

  private Optional<LoggingConfig> read(Place place) {
    return context(place).call(() -> stored.find(ID));
  }

  static RequestContext context(Place place) {
    return new RequestContext(
        "invocation-log",
        place.account(),
        place.region(),
        "arn:aws:iam::" + place.account() + ":root",
        null);
  }

  public PutModelInvocationLoggingConfigurationResponse putModelInvocationLoggingConfiguration(
      PutModelInvocationLoggingConfigurationRequest request) {
    LoggingConfig config = request.loggingConfig();
    if (config.cloudWatchConfig() == null && config.s3Config() == null) {
      throw invalid("Give at least one of cloudWatchConfig and s3Config.");
    }
    if (config.cloudWatchConfig() != null) {
      group(config.cloudWatchConfig().logGroupName());
      bucket(config.cloudWatchConfig().largeDataDeliveryS3Config());
    }
    bucket(config.s3Config());
    if (stored.update(ID, before -> config).isEmpty()) {
      stored.create(ID, config);
    }
    known.remove(here());
    return PutModelInvocationLoggingConfigurationResponse.builder().build();
  }

  public GetModelInvocationLoggingConfigurationResponse getModelInvocationLoggingConfiguration(
      GetModelInvocationLoggingConfigurationRequest request) {
    return GetModelInvocationLoggingConfigurationResponse.builder()
        .loggingConfig(stored.find(ID).orElse(null))
        .build();
  }

  public DeleteModelInvocationLoggingConfigurationResponse
      deleteModelInvocationLoggingConfiguration(
          DeleteModelInvocationLoggingConfigurationRequest request) {
    stored.delete(ID);
    known.remove(here());
    return DeleteModelInvocationLoggingConfigurationResponse.builder().build();
  }

  private static Place here() {
    RequestContext context = RequestContext.current();
    return new Place(context.account(), context.region());
  }

  private void group(String name) {
    try {
      boolean there =
          destinations
              .logs()
              .get()
              .describeLogGroups(
                  DescribeLogGroupsRequest.builder().logGroupNamePrefix(name).build())
              .logGroups()
              .stream()
              .anyMatch(group -> group.logGroupName().equals(name));
      if (!there) {
        throw invalid("The log group " + name + " does not exist. Create it first.");
      }
    } catch (AwsServiceException e) {
      throw e instanceof ValidationException own ? own : refused("log group " + name, e);
    }
  }

  private void bucket(S3Config config) {
    if (config == null) {
      return;
    }
    try {
      destinations.s3().get().headBucket(head -> head.bucket(config.bucketName()));
    } catch (AwsServiceException e) {
      throw refused("bucket " + config.bucketName(), e);
    }
  }

  private static ValidationException refused(String what, AwsServiceException e) {
    return invalid(
        "Failed to validate permissions for "
            + what
            + ": "
            + (e.statusCode() == 404 ? "it does not exist. Create it first." : e.getMessage()));
  }

  private static ValidationException invalid(String message) {
    return ValidationException.builder().message(message).build();
  }
}
