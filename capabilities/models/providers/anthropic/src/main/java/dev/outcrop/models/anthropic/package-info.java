/** Anthropic's Messages protocol: the provider, the native body and the compatible endpoint. */
package dev.outcrop.models.anthropic;
