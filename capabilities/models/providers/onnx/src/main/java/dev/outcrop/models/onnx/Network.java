package dev.outcrop.models.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A BERT-shaped ONNX network: token ids in, one vector per token out. Safe for many threads. */
final class Network implements AutoCloseable {

  private static final Set<String> KNOWN_INPUTS =
      Set.of("input_ids", "attention_mask", "token_type_ids");

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  /**
   * @param model the ONNX file
   * @param threads threads that one call computes with
   */
  Network(byte[] model, int threads) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      session = environment.createSession(model, options);
    }
    Set<String> inputs = session.getInputNames();
    if (!inputs.contains("input_ids") || !KNOWN_INPUTS.containsAll(inputs)) {
      session.close();
      throw new IllegalArgumentException(
          "not a text embedding network: its inputs are " + inputs + ", expected " + KNOWN_INPUTS);
    }
  }

  /**
   * Runs one sequence. Sequences are never batched: with 8-bit activations the scale is taken over
   * the whole batch, so that a vector would depend on what else is in it.
   *
   * @return {@code [token][dimension]}
   */
  float[][] run(long[] ids) throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      for (String name : session.getInputNames()) {
        inputs.put(name, row(values(name, ids)));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        return ((float[][][]) result.get(0).getValue())[0];
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static long[] values(String input, long[] ids) {
    if (input.equals("input_ids")) {
      return ids;
    }
    long[] values = new long[ids.length];
    if (input.equals("attention_mask")) {
      Arrays.fill(values, 1);
    }
    return values;
  }

  private OnnxTensor row(long[] values) throws OrtException {
    return OnnxTensor.createTensor(
        environment, LongBuffer.wrap(values), new long[] {1, values.length});
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
