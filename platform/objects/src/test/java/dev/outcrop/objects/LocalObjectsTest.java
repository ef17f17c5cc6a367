package dev.outcrop.objects;

import dev.outcrop.wire.Capabilities;
import dev.outcrop.wire.LocalClients;
import software.amazon.awssdk.services.s3.S3Client;

class LocalObjectsTest extends ObjectsContract {
  @Override
  S3Client client(Capabilities capabilities) {
    return LocalClients.create(S3Client.class, capabilities);
  }
}
