package dev.outcrop.objects;

import dev.outcrop.objects.KeyOrder.Bound;
import dev.outcrop.storage.Database;
import dev.outcrop.storage.PageTokens;
import dev.outcrop.storage.StorageException;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.Owner;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Listing the objects of a bucket. */
public final class ObjectListings {
  private final BucketContents contents;
  private final PageTokens tokens;

  ObjectListings(Database database, BucketContents contents) {
    this.contents = contents;
    this.tokens = new PageTokens(database);
  }

  public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
    Bucket bucket = bucket(request);
    String listing =
        "s3:ListObjectsV2:" + bucket.name() + ":" + request.prefix() + ":" + request.delimiter();
    Bound from = from(listing, request);
    int most = Listing.most(request.maxKeys());
    Listing page =
        Listing.read(contents.of(bucket), prefix(request), delimiter(request), from, most);
    Encoding encoding = Encoding.of(request.encodingTypeAsString());
    Owner owner =
        Boolean.TRUE.equals(request.fetchOwner())
            ? Owner.builder().id(bucket.account()).build()
            : null;
    return ListObjectsV2Response.builder()
        .name(bucket.name())
        .prefix(encoding.apply(prefix(request)))
        .delimiter(encoding.apply(request.delimiter()))
        .startAfter(encoding.apply(request.startAfter()))
        .encodingType(request.encodingTypeAsString())
        .maxKeys(most)
        .keyCount(page.objects().size() + page.prefixes().size())
        .contents(objects(page, encoding, owner))
        .commonPrefixes(prefixes(page, encoding))
        .continuationToken(request.continuationToken())
        .isTruncated(page.next() != null)
        .nextContinuationToken(page.next() == null ? null : seal(listing, page.next()))
        .build();
  }

  private String seal(String listing, Bound next) {
    return tokens.seal(listing, List.of(next.key(), String.valueOf(next.inclusive())));
  }

  private Bound from(String listing, ListObjectsV2Request request) {
    Bound from = request.startAfter() == null ? Bound.START : Bound.behind(request.startAfter());
    if (request.continuationToken() == null) {
      return from;
    }
    try {
      List<String> position = tokens.open(listing, request.continuationToken());
      return new Bound(position.getFirst(), Boolean.parseBoolean(position.getLast()));
    } catch (StorageException.InvalidPageToken e) {
      throw S3Errors.invalidArgument("The continuation token provided is incorrect");
    }
  }

  public ListObjectsResponse listObjects(ListObjectsRequest request) {
    Bucket bucket = bucket(request);
    int most = Listing.most(request.maxKeys());
    String delimiter = delimiter(request);
    Bound from = behind(request.marker(), prefix(request), delimiter);
    Listing page = Listing.read(contents.of(bucket), prefix(request), delimiter, from, most);
    Encoding encoding = Encoding.of(request.encodingTypeAsString());
    boolean truncated = page.next() != null;
    return ListObjectsResponse.builder()
        .name(bucket.name())
        .prefix(encoding.apply(prefix(request)))
        .delimiter(encoding.apply(request.delimiter()))
        .marker(encoding.apply(request.marker() == null ? "" : request.marker()))
        .encodingType(request.encodingTypeAsString())
        .maxKeys(most)
        .contents(objects(page, encoding, Owner.builder().id(bucket.account()).build()))
        .commonPrefixes(prefixes(page, encoding))
        .isTruncated(truncated)
        .nextMarker(truncated && delimiter != null ? encoding.apply(page.last()) : null)
        .build();
  }

  /** A marker that is a common prefix stands for all that begins with it. */
  private static Bound behind(String marker, String prefix, String delimiter) {
    if (marker == null || marker.isEmpty()) {
      return Bound.START;
    }
    boolean common =
        delimiter != null
            && marker.startsWith(prefix)
            && marker.indexOf(delimiter, prefix.length()) == marker.length() - delimiter.length();
    String next = common ? KeyOrder.after(marker) : null;
    return next == null ? Bound.behind(marker) : Bound.at(next);
  }

  private Bucket bucket(SdkPojo request) {
    Honoured.require(request);
    Object attributes = Members.get(request, "OptionalObjectAttributes");
    if (attributes != null && !Set.copyOf((List<?>) attributes).equals(Set.of("RestoreStatus"))) {
      throw S3Errors.invalidArgument("Unknown optional object attribute");
    }
    return contents
        .buckets()
        .require(
            (String) Members.get(request, "Bucket"),
            (String) Members.get(request, "ExpectedBucketOwner"));
  }

  private static String prefix(SdkPojo request) {
    String prefix = (String) Members.get(request, "Prefix");
    return prefix == null ? "" : prefix;
  }

  private static String delimiter(SdkPojo request) {
    String delimiter = (String) Members.get(request, "Delimiter");
    return delimiter == null || delimiter.isEmpty() ? null : delimiter;
  }

  private static List<S3Object> objects(Listing page, Encoding encoding, Owner owner) {
    return page.objects().stream()
        .map(found -> found.toBuilder().key(encoding.apply(found.key())).owner(owner).build())
        .toList();
  }

  private static List<CommonPrefix> prefixes(Listing page, Encoding encoding) {
    return page.prefixes().stream()
        .map(prefix -> CommonPrefix.builder().prefix(encoding.apply(prefix)).build())
        .toList();
  }
}
