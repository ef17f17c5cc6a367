package dev.outcrop.models.llama.binding;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * llama.cpp, loaded into this process through the Foreign Function &amp; Memory API. Wrong use of
 * the library aborts the process, so everything handed to it is checked in Java first; and the
 * server runs it in a child process all the same.
 *
 * <p>Not thread safe, except {@link Model#tokenize}: one thread works with it.
 */
public final class Llama {
  final MethodHandle modelParams;
  final MethodHandle contextParams;
  final MethodHandle chainParams;
  final MethodHandle modelLoad;
  final MethodHandle modelFree;
  final MethodHandle modelVocab;
  final MethodHandle modelContextTrain;
  final MethodHandle modelWindow;
  final MethodHandle modelRecurrent;
  final MethodHandle modelHybrid;
  final MethodHandle modelEncoder;
  final MethodHandle modelMeta;
  final MethodHandle modelDescription;
  final MethodHandle vocabSize;
  final MethodHandle vocabText;
  final MethodHandle vocabBos;
  final MethodHandle vocabEos;
  final MethodHandle vocabEog;
  final MethodHandle tokenize;
  final MethodHandle piece;
  final MethodHandle contextNew;
  final MethodHandle contextFree;
  final MethodHandle contextSize;
  final MethodHandle memory;
  final MethodHandle memoryRemove;
  final MethodHandle memoryCopy;
  final MethodHandle memoryPosMin;
  final MethodHandle setThreads;
  final MethodHandle stateSize;
  final MethodHandle stateGet;
  final MethodHandle stateSet;
  final MethodHandle decode;
  final MethodHandle logits;
  final MethodHandle chainNew;
  final MethodHandle chainAdd;
  final MethodHandle samplerFree;
  final MethodHandle samplerSample;
  final MethodHandle greedy;
  final MethodHandle distribution;
  final MethodHandle topK;
  final MethodHandle topP;
  final MethodHandle temperature;
  private final MethodHandle loadBackends;
  private final MethodHandle devices;

  /**
   * Loads the libraries and the best computing backend they have for this machine.
   *
   * @param folder where the libraries of llama.cpp lie
   * @throws LlamaException when they are missing, can't be loaded or are of another release
   */
  public Llama(Path folder) {
    if (ADDRESS.byteSize() != 8) {
      throw new LlamaException("llama.cpp needs a 64-bit machine");
    }
    Symbols s = Symbols.load(folder);
    modelParams = s.function("llama_model_default_params", Layouts.MODEL);
    contextParams = s.function("llama_context_default_params", Layouts.CONTEXT);
    chainParams = s.function("llama_sampler_chain_default_params", Layouts.CHAIN);
    modelLoad = s.function("llama_model_load_from_file", ADDRESS, ADDRESS, Layouts.MODEL);
    modelFree = s.procedure("llama_model_free", ADDRESS);
    modelVocab = s.function("llama_model_get_vocab", ADDRESS, ADDRESS);
    modelContextTrain = s.function("llama_model_n_ctx_train", JAVA_INT, ADDRESS);
    modelWindow = s.function("llama_model_n_swa", JAVA_INT, ADDRESS);
    modelRecurrent = s.function("llama_model_is_recurrent", JAVA_BOOLEAN, ADDRESS);
    modelHybrid = s.function("llama_model_is_hybrid", JAVA_BOOLEAN, ADDRESS);
    modelEncoder = s.function("llama_model_has_encoder", JAVA_BOOLEAN, ADDRESS);
    modelMeta =
        s.function("llama_model_meta_val_str", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    modelDescription = s.function("llama_model_desc", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    vocabSize = s.function("llama_vocab_n_tokens", JAVA_INT, ADDRESS);
    vocabText = s.function("llama_vocab_get_text", ADDRESS, ADDRESS, JAVA_INT);
    vocabBos = s.function("llama_vocab_bos", JAVA_INT, ADDRESS);
    vocabEos = s.function("llama_vocab_eos", JAVA_INT, ADDRESS);
    vocabEog = s.function("llama_vocab_is_eog", JAVA_BOOLEAN, ADDRESS, JAVA_INT);
    tokenize =
        s.function(
            "llama_tokenize",
            JAVA_INT,
            ADDRESS,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            JAVA_BOOLEAN,
            JAVA_BOOLEAN);
    piece =
        s.function(
            "llama_token_to_piece",
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            JAVA_INT,
            JAVA_BOOLEAN);
    contextNew = s.function("llama_init_from_model", ADDRESS, ADDRESS, Layouts.CONTEXT);
    contextFree = s.procedure("llama_free", ADDRESS);
    contextSize = s.function("llama_n_ctx", JAVA_INT, ADDRESS);
    memory = s.function("llama_get_memory", ADDRESS, ADDRESS);
    memoryRemove =
        s.function("llama_memory_seq_rm", JAVA_BOOLEAN, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
    memoryCopy =
        s.procedure("llama_memory_seq_cp", ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    memoryPosMin = s.function("llama_memory_seq_pos_min", JAVA_INT, ADDRESS, JAVA_INT);
    setThreads = s.procedure("llama_set_n_threads", ADDRESS, JAVA_INT, JAVA_INT);
    stateSize = s.function("llama_state_seq_get_size", JAVA_LONG, ADDRESS, JAVA_INT);
    stateGet =
        s.function("llama_state_seq_get_data", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);
    stateSet =
        s.function("llama_state_seq_set_data", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);
    decode = s.function("llama_decode", JAVA_INT, ADDRESS, Layouts.BATCH);
    logits = s.function("llama_get_logits_ith", ADDRESS, ADDRESS, JAVA_INT);
    chainNew = s.function("llama_sampler_chain_init", ADDRESS, Layouts.CHAIN);
    chainAdd = s.procedure("llama_sampler_chain_add", ADDRESS, ADDRESS);
    samplerFree = s.procedure("llama_sampler_free", ADDRESS);
    samplerSample = s.function("llama_sampler_sample", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    greedy = s.function("llama_sampler_init_greedy", ADDRESS);
    distribution = s.function("llama_sampler_init_dist", ADDRESS, JAVA_INT);
    topK = s.function("llama_sampler_init_top_k", ADDRESS, JAVA_INT);
    topP = s.function("llama_sampler_init_top_p", ADDRESS, JAVA_FLOAT, JAVA_LONG);
    temperature = s.function("llama_sampler_init_temp", ADDRESS, JAVA_FLOAT);
    loadBackends = s.procedure("ggml_backend_load_all_from_path", ADDRESS);
    devices = s.function("ggml_backend_dev_count", JAVA_LONG);
    canary();
    start(folder, s);
  }

  private void canary() {
    try (Arena arena = Arena.ofConfined()) {
      Layouts.check(defaults(modelParams, arena), defaults(contextParams, arena));
    }
  }

  private void start(Path folder, Symbols symbols) {
    try (Arena arena = Arena.ofConfined()) {
      symbols.procedure("llama_backend_init").invokeExact();
      loadBackends.invokeExact(arena.allocateFrom(folder.toString()));
      if ((long) devices.invokeExact() == 0) {
        throw new LlamaException("no computing backend in " + folder + " runs on this machine");
      }
    } catch (Throwable t) {
      throw failure(t);
    }
  }

  static MemorySegment defaults(MethodHandle function, SegmentAllocator allocator) {
    try {
      return (MemorySegment) function.invokeExact(allocator);
    } catch (Throwable t) {
      throw failure(t);
    }
  }

  /**
   * Loads a model.
   *
   * @param file a GGUF file
   * @param gpuLayers layers to put on a GPU when there is one; negative for all
   * @throws LlamaException when the file is missing, broken or of a kind that llama.cpp can't run
   */
  public Model load(Path file, int gpuLayers) {
    if (!Files.isReadable(file)) {
      throw new LlamaException("there is no readable model file " + file);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment params = defaults(modelParams, arena);
      Layouts.set(params, Layouts.MODEL, "n_gpu_layers", gpuLayers);
      MemorySegment path = arena.allocateFrom(file.toString());
      MemorySegment model = (MemorySegment) modelLoad.invokeExact(path, params);
      if (model.address() == 0) {
        throw new LlamaException(
            file + " is not a model that llama.cpp can load: broken, cut short or too new");
      }
      return new Model(this, model);
    } catch (Throwable t) {
      throw failure(t);
    }
  }

  /** Method handles declare Throwable; what they really throw is ours or a bug. */
  static RuntimeException failure(Throwable t) {
    return switch (t) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new LlamaException("native call failed", t);
    };
  }
}
