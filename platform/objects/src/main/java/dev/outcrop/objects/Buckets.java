package dev.outcrop.objects;

import static org.jooq.impl.DSL.noCondition;

import dev.outcrop.objects.KeyOrder.Bound;
import dev.outcrop.storage.Database;
import dev.outcrop.storage.PageTokens;
import dev.outcrop.storage.StorageException;
import dev.outcrop.wire.RequestContext;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jooq.Condition;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.Owner;

/** The operations on buckets. */
public final class Buckets {
  private static final int MOST_AT_ONCE = 10_000;

  private final Database database;
  private final BucketTable buckets;
  private final ObjectTable objects;
  private final UploadTable uploads;
  private final PageTokens tokens;
  private final InstantSource clock;

  Buckets(
      Database database,
      BucketTable buckets,
      ObjectTable objects,
      UploadTable uploads,
      InstantSource clock) {
    this.database = database;
    this.buckets = buckets;
    this.objects = objects;
    this.uploads = uploads;
    this.tokens = new PageTokens(database);
    this.clock = clock;
  }

  public CreateBucketResponse createBucket(CreateBucketRequest request) {
    Honoured.require(request);
    String name = String.valueOf(request.bucket());
    Names.requireBucket(name);
    String region = region(request);
    String account = RequestContext.current().account();
    database.write(
        sql -> {
          Bucket there = buckets.find(name);
          if (there != null) {
            throw taken(there, account);
          }
          buckets.insert(
              new Bucket(
                  name, account, region, clock.instant().truncatedTo(ChronoUnit.SECONDS), null));
          return null;
        });
    return CreateBucketResponse.builder()
        .location("/" + name)
        .bucketArn("arn:aws:s3:::" + name)
        .build();
  }

  private static String region(CreateBucketRequest request) {
    String here = RequestContext.current().region();
    if (request.createBucketConfiguration() == null) {
      return here;
    }
    Honoured.require(request.createBucketConfiguration());
    String asked = request.createBucketConfiguration().locationConstraintAsString();
    boolean same =
        asked == null || asked.equals(here) || (asked.equals("EU") && here.equals("eu-west-1"));
    if (!same) {
      throw S3Errors.of(
          400,
          "IllegalLocationConstraintException",
          "The "
              + asked
              + " location constraint is incompatible for the region specific endpoint"
              + " this request was sent to: "
              + here);
    }
    return here;
  }

  private static RuntimeException taken(Bucket there, String account) {
    if (there.account().equals(account)) {
      String message =
          "Your previous request to create the named bucket succeeded and you already own it.";
      return BucketAlreadyOwnedByYouException.builder()
          .statusCode(409)
          .message(message)
          .awsErrorDetails(S3Errors.details("BucketAlreadyOwnedByYou", message))
          .build();
    }
    String message = "The requested bucket name is not available: " + there.name();
    return BucketAlreadyExistsException.builder()
        .statusCode(409)
        .message(message)
        .awsErrorDetails(S3Errors.details("BucketAlreadyExists", message))
        .build();
  }

  public HeadBucketResponse headBucket(HeadBucketRequest request) {
    Honoured.require(request);
    Bucket bucket = buckets.require(request.bucket(), request.expectedBucketOwner());
    return HeadBucketResponse.builder()
        .bucketRegion(bucket.region())
        .bucketArn("arn:aws:s3:::" + bucket.name())
        .accessPointAlias(false)
        .build();
  }

  public DeleteBucketResponse deleteBucket(DeleteBucketRequest request) {
    Honoured.require(request);
    database.write(
        sql -> {
          String name =
              buckets.requireWritable(request.bucket(), request.expectedBucketOwner()).name();
          if (!objects.isEmpty(name)) {
            throw S3Errors.of(
                409, "BucketNotEmpty", "The bucket you tried to delete is not empty: " + name);
          }
          uploads
              .list(ObjectTable.BUCKET.eq(name), Integer.MAX_VALUE)
              .forEach(upload -> uploads.delete(upload.id()));
          buckets.delete(name);
          return null;
        });
    return DeleteBucketResponse.builder().build();
  }

  public GetBucketLocationResponse getBucketLocation(GetBucketLocationRequest request) {
    Honoured.require(request);
    Bucket bucket = buckets.require(request.bucket(), request.expectedBucketOwner());
    boolean unnamed = bucket.region().equals("us-east-1");
    return GetBucketLocationResponse.builder()
        .locationConstraint(unnamed ? null : bucket.region())
        .build();
  }

  public ListBucketsResponse listBuckets(ListBucketsRequest request) {
    Honoured.require(request);
    int most = request.maxBuckets() == null ? MOST_AT_ONCE : request.maxBuckets();
    if (most < 1 || most > MOST_AT_ONCE) {
      throw S3Errors.invalidArgument("MaxBuckets must be between 1 and 10,000");
    }
    String account = RequestContext.current().account();
    String listing =
        "s3:ListBuckets:" + account + ":" + request.prefix() + ":" + request.bucketRegion();
    Bound from = from(listing, request.continuationToken());
    List<Bucket> found = buckets.list(condition(request, account, from), most + 1);
    List<Bucket> page = found.subList(0, Math.min(most, found.size()));
    return ListBucketsResponse.builder()
        .buckets(page.stream().map(Buckets::summary).toList())
        .owner(Owner.builder().id(account).build())
        .prefix(request.prefix())
        .continuationToken(
            found.size() > most ? tokens.seal(listing, List.of(page.getLast().name())) : null)
        .build();
  }

  private Bound from(String listing, String token) {
    try {
      return token == null ? Bound.START : Bound.behind(tokens.open(listing, token).getFirst());
    } catch (StorageException.InvalidPageToken e) {
      throw S3Errors.invalidArgument("The continuation token provided is incorrect");
    }
  }

  private static Condition condition(ListBucketsRequest request, String account, Bound from) {
    Condition condition = BucketTable.ACCOUNT.eq(account);
    if (!from.inclusive()) {
      condition = condition.and(BucketTable.NAME.gt(from.key()));
    }
    if (request.prefix() != null && !request.prefix().isEmpty()) {
      condition = condition.and(BucketTable.NAME.ge(request.prefix()));
      String end = KeyOrder.after(request.prefix());
      condition = condition.and(end == null ? noCondition() : BucketTable.NAME.lt(end));
    }
    return request.bucketRegion() == null
        ? condition
        : condition.and(BucketTable.REGION.eq(request.bucketRegion()));
  }

  private static software.amazon.awssdk.services.s3.model.Bucket summary(Bucket bucket) {
    return software.amazon.awssdk.services.s3.model.Bucket.builder()
        .name(bucket.name())
        .creationDate(bucket.created())
        .bucketRegion(bucket.region())
        .bucketArn("arn:aws:s3:::" + bucket.name())
        .build();
  }
}
