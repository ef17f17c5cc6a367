package dev.outcrop.models.batch;

import dev.outcrop.storage.Listing;
import software.amazon.awssdk.services.bedrock.model.CreateModelInvocationJobRequest;
import software.amazon.awssdk.services.bedrock.model.GetModelInvocationJobResponse;
import software.amazon.awssdk.services.bedrock.model.ListModelInvocationJobsRequest;
import software.amazon.awssdk.services.bedrock.model.ModelInvocationJobS3InputDataConfig;
import software.amazon.awssdk.services.bedrock.model.ModelInvocationJobS3OutputDataConfig;
import software.amazon.awssdk.services.bedrock.model.ModelInvocationJobSummary;
import software.amazon.awssdk.services.bedrock.model.SortOrder;
import software.amazon.awssdk.services.s3.S3Client;

/** What requests about batch jobs may ask, and in which order jobs are listed. */
final class JobRequests {
  private JobRequests() {}

  /** Refuses what can't be honoured. */
  static void check(CreateModelInvocationJobRequest request, S3Client objects) {
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
    ModelInvocationJobS3InputDataConfig input = request.inputDataConfig().s3InputDataConfig();
    bucket(objects, input.s3Uri(), input.s3BucketOwner());
    bucket(objects, output.s3Uri(), output.s3BucketOwner());
  }

  private static void bucket(S3Client objects, String uri, String owner) {
    try {
      Bucket.require(objects, uri, owner);
    } catch (IllegalArgumentException e) {
      throw BatchErrors.invalid(e.getMessage());
    }
  }

  static Listing<GetModelInvocationJobResponse> listing(ListModelInvocationJobsRequest request) {
    Listing<GetModelInvocationJobResponse> listing =
        new Filters(
                request.sortOrder() == SortOrder.ASCENDING,
                request.statusEqualsAsString(),
                request.submitTimeAfter(),
                request.submitTimeBefore())
            .listing(
                GetModelInvocationJobResponse::statusAsString,
                GetModelInvocationJobResponse::submitTime);
    String name = request.nameContains();
    return name == null
        ? listing
        : listing.where("name~" + name, job -> job.jobName().contains(name));
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
