/** Models behind real Amazon Bedrock. */
package dev.outcrop.models.bedrock;
