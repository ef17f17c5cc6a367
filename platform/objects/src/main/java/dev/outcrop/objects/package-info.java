/** S3's operations over a folder, and users' folders shown as read-only buckets. */
package dev.outcrop.objects;
