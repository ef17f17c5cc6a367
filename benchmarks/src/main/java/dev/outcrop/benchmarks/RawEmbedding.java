package dev.outcrop.benchmarks;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** bge-small-en-v1.5 by ONNX Runtime and its tokenizer alone. */
final class RawEmbedding implements AutoCloseable {
  private static final String QUERY = "Represent this sentence for searching relevant passages: ";
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final HuggingFaceTokenizer tokenizer;

  RawEmbedding() throws IOException, OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(resource("/bge-small-en-v1.5-q.onnx"), options);
    }
    tokenizer =
        HuggingFaceTokenizer.newInstance(
            new ByteArrayInputStream(resource("/bge-small-en-v1.5-q-tokenizer.json")), Map.of());
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = RawEmbedding.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no resource " + name);
      }
      return in.readAllBytes();
    }
  }

  /** The token ids of a text with the special ones around it. */
  long[] tokens(String text) {
    return tokenizer.encode(text, true, false).getIds();
  }

  /** A question's vector, with the prefix that the model wants. */
  float[] question(String text) throws OrtException {
    return vector(tokens(QUERY + text));
  }

  /** One vector with L2 norm 1. */
  float[] vector(long[] ids) throws OrtException {
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    try (OnnxTensor input = tensor(ids);
        OnnxTensor mask = tensor(ones);
        OnnxTensor types = tensor(new long[ids.length]);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
      float[] vector = ((float[][][]) result.get(0).getValue())[0][0];
      double square = 0;
      for (float v : vector) {
        square += (double) v * v;
      }
      for (int i = 0; i < vector.length; i++) {
        vector[i] /= (float) Math.sqrt(square);
      }
      return vector;
    }
  }

  /** All vectors, one text at a time on each of the threads. */
  List<float[]> vectors(List<String> texts, int threads) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<float[]>> futures = new ArrayList<>();
      for (String text : texts) {
        futures.add(pool.submit(() -> vector(tokens(text))));
      }
      List<float[]> vectors = new ArrayList<>();
      for (Future<float[]> future : futures) {
        vectors.add(future.get());
      }
      return vectors;
    }
  }

  private OnnxTensor tensor(long[] values) throws OrtException {
    return OnnxTensor.createTensor(
        environment, LongBuffer.wrap(values), new long[] {1, values.length});
  }

  @Override
  public void close() throws OrtException {
    session.close();
    tokenizer.close();
  }
}
