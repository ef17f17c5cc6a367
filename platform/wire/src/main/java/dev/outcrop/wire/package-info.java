/**
 * The wire layer: AWS requests read into the SDK's request classes, given to the capability that
 * has a method for them, and the SDK's response classes written back, in every AWS protocol. It is
 * generic over {@code SdkPojo.sdkFields()}; no operation is known to it by name.
 */
package dev.outcrop.wire;
