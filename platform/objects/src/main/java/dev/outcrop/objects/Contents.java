package dev.outcrop.objects;

import dev.outcrop.objects.KeyOrder.Bound;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What is in a bucket, wherever it is. */
sealed interface Contents permits StoredContents, FolderContents {

  /**
   * An object that was found.
   *
   * @param head all that is known of it, its length included
   * @param parts the lengths of the parts that it was uploaded in; empty when in one
   */
  record Found(HeadObjectResponse head, List<Long> parts, Content content) {}

  /** An object's bytes. */
  interface Content {
    /**
     * @throws java.nio.file.NoSuchFileException when the object was replaced since it was found
     */
    InputStream open(long offset, long length) throws IOException;
  }

  /** The object, or null. */
  Found find(String key);

  /** Objects that begin with the prefix, in the order of keys. */
  Iterator<S3Object> list(String prefix, Bound from);
}
