package dev.outcrop.models.llama.binding;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;

/**
 * The structs that llama.cpp v0.4.0 passes by value, as its header declares them. A wrong offset
 * would be silent, so {@link #check} compares the library's own defaults with what that release is
 * known to answer.
 */
final class Layouts {
  static final StructLayout MODEL =
      MemoryLayout.structLayout(
          ADDRESS.withName("devices"),
          ADDRESS.withName("tensor_buft_overrides"),
          JAVA_INT.withName("n_gpu_layers"),
          JAVA_INT.withName("split_mode"),
          JAVA_INT.withName("load_mode"),
          JAVA_INT.withName("lazy_mode"),
          JAVA_INT.withName("main_gpu"),
          MemoryLayout.paddingLayout(4),
          ADDRESS.withName("tensor_split"),
          ADDRESS.withName("progress_callback"),
          ADDRESS.withName("progress_callback_user_data"),
          ADDRESS.withName("kv_overrides"),
          JAVA_BOOLEAN.withName("vocab_only"),
          JAVA_BOOLEAN.withName("check_tensors"),
          JAVA_BOOLEAN.withName("use_extra_bufts"),
          JAVA_BOOLEAN.withName("no_host"),
          JAVA_BOOLEAN.withName("no_alloc"),
          JAVA_BOOLEAN.withName("load_mtp"),
          MemoryLayout.paddingLayout(2));

  static final StructLayout CONTEXT =
      MemoryLayout.structLayout(
          JAVA_INT.withName("n_ctx"),
          JAVA_INT.withName("n_batch"),
          JAVA_INT.withName("n_ubatch"),
          JAVA_INT.withName("n_seq_max"),
          JAVA_INT.withName("n_rs_seq"),
          JAVA_INT.withName("n_outputs_max"),
          JAVA_INT.withName("n_outputs_max_per_seq"),
          JAVA_INT.withName("n_threads"),
          JAVA_INT.withName("n_threads_batch"),
          JAVA_INT.withName("ctx_type"),
          JAVA_INT.withName("rope_scaling_type"),
          JAVA_INT.withName("pooling_type"),
          JAVA_INT.withName("attention_type"),
          JAVA_INT.withName("flash_attn_type"),
          JAVA_FLOAT.withName("rope_freq_base"),
          JAVA_FLOAT.withName("rope_freq_scale"),
          JAVA_FLOAT.withName("yarn_ext_factor"),
          JAVA_FLOAT.withName("yarn_attn_factor"),
          JAVA_FLOAT.withName("yarn_beta_fast"),
          JAVA_FLOAT.withName("yarn_beta_slow"),
          JAVA_INT.withName("yarn_orig_ctx"),
          JAVA_FLOAT.withName("defrag_thold"),
          ADDRESS.withName("cb_eval"),
          ADDRESS.withName("cb_eval_user_data"),
          JAVA_INT.withName("type_k"),
          JAVA_INT.withName("type_v"),
          ADDRESS.withName("abort_callback"),
          ADDRESS.withName("abort_callback_data"),
          JAVA_BOOLEAN.withName("embeddings"),
          JAVA_BOOLEAN.withName("offload_kqv"),
          JAVA_BOOLEAN.withName("no_perf"),
          JAVA_BOOLEAN.withName("op_offload"),
          JAVA_BOOLEAN.withName("swa_full"),
          JAVA_BOOLEAN.withName("kv_unified"),
          MemoryLayout.paddingLayout(2),
          ADDRESS.withName("samplers"),
          JAVA_LONG.withName("n_samplers"),
          ADDRESS.withName("ctx_other"));

  static final StructLayout BATCH =
      MemoryLayout.structLayout(
          JAVA_INT.withName("n_tokens"),
          MemoryLayout.paddingLayout(4),
          ADDRESS.withName("token"),
          ADDRESS.withName("embd"),
          ADDRESS.withName("pos"),
          ADDRESS.withName("n_seq_id"),
          ADDRESS.withName("seq_id"),
          ADDRESS.withName("logits"));

  static final StructLayout CHAIN = MemoryLayout.structLayout(JAVA_BOOLEAN.withName("no_perf"));

  private Layouts() {}

  static void set(MemorySegment struct, StructLayout layout, String field, int value) {
    struct.set(JAVA_INT, offset(layout, field), value);
  }

  static void set(MemorySegment struct, StructLayout layout, String field, boolean value) {
    struct.set(JAVA_BOOLEAN, offset(layout, field), value);
  }

  static void set(MemorySegment struct, StructLayout layout, String field, MemorySegment value) {
    struct.set(ADDRESS, offset(layout, field), value);
  }

  private static long offset(StructLayout layout, String field) {
    return layout.byteOffset(PathElement.groupElement(field));
  }

  /** Refuses libraries of another release: their defaults don't lie where ours do. */
  static void check(MemorySegment model, MemorySegment context) {
    expect("model_params.n_gpu_layers", -1, read(model, MODEL, "n_gpu_layers"));
    expect("model_params.split_mode", 1, read(model, MODEL, "split_mode"));
    expect("model_params.load_mode", -1, read(model, MODEL, "load_mode"));
    expect("model_params.lazy_mode", 1, read(model, MODEL, "lazy_mode"));
    expect("model_params.main_gpu", 0, read(model, MODEL, "main_gpu"));
    expect("model_params.use_extra_bufts", 1, flag(model, MODEL, "use_extra_bufts"));
    expect("model_params.no_alloc", 0, flag(model, MODEL, "no_alloc"));
    expect("context_params.n_ctx", 512, read(context, CONTEXT, "n_ctx"));
    expect("context_params.n_batch", 2048, read(context, CONTEXT, "n_batch"));
    expect("context_params.n_ubatch", 512, read(context, CONTEXT, "n_ubatch"));
    expect("context_params.n_seq_max", 1, read(context, CONTEXT, "n_seq_max"));
    expect("context_params.attention_type", -1, read(context, CONTEXT, "attention_type"));
    expect("context_params.flash_attn_type", -1, read(context, CONTEXT, "flash_attn_type"));
    expect("context_params.type_k", 1, read(context, CONTEXT, "type_k"));
    expect("context_params.type_v", 1, read(context, CONTEXT, "type_v"));
    expect("context_params.offload_kqv", 1, flag(context, CONTEXT, "offload_kqv"));
    expect("context_params.kv_unified", 0, flag(context, CONTEXT, "kv_unified"));
    expect("context_params.n_samplers", 0, read(context, CONTEXT, "n_samplers"));
  }

  private static int read(MemorySegment struct, StructLayout layout, String field) {
    return struct.get(ValueLayout.JAVA_INT, offset(layout, field));
  }

  private static int flag(MemorySegment struct, StructLayout layout, String field) {
    return struct.get(JAVA_BYTE, offset(layout, field));
  }

  private static void expect(String what, int expected, int actual) {
    if (expected != actual) {
      throw new LlamaException(
          "these llama.cpp libraries are not release v0.4.0, which this build of Outcrop is made"
              + " for: "
              + what
              + " is "
              + actual
              + ", not "
              + expected);
    }
  }
}
