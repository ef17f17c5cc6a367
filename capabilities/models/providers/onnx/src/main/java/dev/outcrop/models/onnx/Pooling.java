package dev.outcrop.models.onnx;

/** How one vector is made of the network's vectors, one per token. */
enum Pooling {
  /** The vector of the first token, as bge was trained. */
  CLS {
    @Override
    float[] pool(float[][] tokens) {
      return tokens[0].clone();
    }
  },
  /** The mean over all tokens, as the sentence-transformers MiniLM models were trained. */
  MEAN {
    @Override
    float[] pool(float[][] tokens) {
      float[] sum = new float[tokens[0].length];
      for (float[] token : tokens) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] += token[i] / tokens.length;
        }
      }
      return sum;
    }
  };

  /** Pools {@code [token][dimension]} into a new vector; nothing is masked: there is no padding. */
  abstract float[] pool(float[][] tokens);
}
