package dev.outcrop.models.batch;

import dev.outcrop.storage.Listing;
import software.amazon.awssdk.services.bedrock.model.CreateModelInvocationJobRequest;
import software.amazon.awssdk.services.bedrock.model.GetModelInvocationJobResponse;
import software.amazon.awssdk.services.bedrock.model.ListModelInvocationJobsRequest;
import software.amazon.awssdk.services.bedrock.model.ModelInvocationJobS3OutputDataConfig;
import software.amazon.awssdk.services.bedrock.model.ModelInvocationJobSummary;
import software.amazon.awssdk.services.bedrock.model.SortOrder;

/** What requests about batch jobs may ask, and in which order jobs are listed. */
final class JobRequests {
  private JobRequests() {}

  /** Refuses what can't be honoured. */
  static void check(CreateModelInvocationJobRequest request) {
    if (request.inputDataConfig().s3InputDataConfig() == null) {
      throw BatchErrors.invalid("inputDataConfig.s3InputDataConfig is required.");
    }
    ModelInvocationJobS3OutputDataConfig output = request.outputDataConfig().s3OutputDataConfig();
    if (output == null) {
      throw BatchErrors.invalid("outputDataConfig.s3OutputDataConfig is required.");
    }
    if (output.s3EncryptionKeyId() != null) {
      throw BatchErrors.invalid(
          "outputDataConfig.s3OutputDataConfig.s3EncryptionKeyId is not supported: there are no"
              + " KMS keys here. Leave it out.");
    }
    if (request.vpcConfig() != null) {
      throw BatchErrors.invalid(
          "vpcConfig is not supported: jobs run in this process, in no VPC. Leave it out.");
    }
    location(request.inputDataConfig().s3InputDataConfig().s3Uri());
    location(output.s3Uri());
  }

  private static void location(String uri) {
    try {
      Location.of(uri);
    } catch (IllegalArgumentException e) {
      throw BatchErrors.invalid(e.getMessage());
    }
  }

  static Listing<GetModelInvocationJobResponse> listing(ListModelInvocationJobsRequest request) {
    Listing<GetModelInvocationJobResponse> listing = Listing.all();
    if (request.sortOrder() != SortOrder.ASCENDING) {
      listing = listing.reversed();
    }
    if (request.statusEquals() != null) {
      listing =
          listing.where(
              "status=" + request.statusEqualsAsString(),
              job -> job.status() == request.statusEquals());
    }
    if (request.nameContains() != null) {
      listing =
          listing.where(
              "name~" + request.nameContains(),
              job -> job.jobName().contains(request.nameContains()));
    }
    if (request.submitTimeAfter() != null) {
      listing =
          listing.where(
              "after=" + request.submitTimeAfter(),
              job -> job.submitTime().isAfter(request.submitTimeAfter()));
    }
    if (request.submitTimeBefore() != null) {
      listing =
          listing.where(
              "before=" + request.submitTimeBefore(),
              job -> job.submitTime().isBefore(request.submitTimeBefore()));
    }
    return listing;
  }

  static ModelInvocationJobSummary summary(GetModelInvocationJobResponse job) {
    return ModelInvocationJobSummary.builder()
        .jobArn(job.jobArn())
        .jobName(job.jobName())
        .modelId(job.modelId())
        .clientRequestToken(job.clientRequestToken())
        .roleArn(job.roleArn())
        .status(job.statusAsString())
        .message(job.message())
        .submitTime(job.submitTime())
        .lastModifiedTime(job.lastModifiedTime())
        .endTime(job.endTime())
        .inputDataConfig(job.inputDataConfig())
        .outputDataConfig(job.outputDataConfig())
        .timeoutDurationInHours(job.timeoutDurationInHours())
        .jobExpirationTime(job.jobExpirationTime())
        .modelInvocationType(job.modelInvocationTypeAsString())
        .totalRecordCount(job.totalRecordCount())
        .processedRecordCount(job.processedRecordCount())
        .successRecordCount(job.successRecordCount())
        .errorRecordCount(job.errorRecordCount())
        .build();
  }
}
