package dev.outcrop.models.llama.binding;

/**
 * How a context is made.
 *
 * @param cells tokens that fit in the key-value cache, of all sequences together
 * @param batch most tokens in one call to decode
 * @param sequences most sequences
 * @param threads computing threads
 * @param flashAttention null lets llama.cpp decide
 * @param cacheType element type of the key-value cache
 */
public record ContextSettings(
    int cells, int batch, int sequences, int threads, Boolean flashAttention, CacheType cacheType) {

  /** Element types of the key-value cache, by their number in ggml. */
  public enum CacheType {
    F32(0),
    F16(1),
    Q8_0(8);

    final int number;

    CacheType(int number) {
      this.number = number;
    }
  }

  public ContextSettings {
    if (cells < 1 || batch < 1 || sequences < 1 || sequences > 256 || threads < 1) {
      throw new LlamaException(
          "cells, batch and threads must be positive and sequences from 1 to 256");
    }
  }
}
