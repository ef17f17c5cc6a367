package dev.outcrop.models.llama.binding;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The native functions of llama.cpp and ggml. The libraries are loaded in the order in which they
 * need each other, so that it works where the loader has no search path of its own (Windows).
 */
@SuppressWarnings("restricted") // Calling C is what this package is for.
final class Symbols {
  /**
   * File names differ by platform, device and release: {@code libllama.v0.4.0.so}, {@code
   * libllama.metal.v0.4.0.dylib}, {@code llama.v0.4.0.dll}, {@code libllama.so}.
   */
  private static final String SUFFIX = "((\\.[a-z]+)?\\.v[0-9.]+)?\\.(so|dylib|dll)";

  private static final Linker LINKER = Linker.nativeLinker();

  private final List<SymbolLookup> libraries;

  private Symbols(List<SymbolLookup> libraries) {
    this.libraries = libraries;
  }

  static Symbols load(Path folder) {
    return new Symbols(
        List.of(
            library(folder, "(lib)?ggml-base" + SUFFIX),
            library(folder, "(lib)?ggml" + SUFFIX),
            library(folder, "(lib)?llama" + SUFFIX)));
  }

  private static SymbolLookup library(Path folder, String name) {
    Path file = find(folder, Pattern.compile(name));
    try {
      return SymbolLookup.libraryLookup(file, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new LlamaException(
          file
              + " can't be loaded on this machine: "
              + e.getMessage()
              + ". On Linux it needs glibc 2.34 or newer and libstdc++.",
          e);
    }
  }

  private static Path find(Path folder, Pattern name) {
    try (var files = Files.list(folder)) {
      return files
          .filter(f -> name.matcher(f.getFileName().toString()).matches())
          .findFirst()
          .orElseThrow(() -> missing(folder, name, null));
    } catch (IOException e) {
      throw missing(folder, name, e);
    }
  }

  private static LlamaException missing(Path folder, Pattern name, Throwable cause) {
    return new LlamaException(
        "llama.cpp is not in " + folder + ": no file named like " + name, cause);
  }

  /** A function that returns a value. */
  MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return LINKER.downcallHandle(address(name), FunctionDescriptor.of(result, arguments));
  }

  /** A function that returns nothing. */
  MethodHandle procedure(String name, MemoryLayout... arguments) {
    return LINKER.downcallHandle(address(name), FunctionDescriptor.ofVoid(arguments));
  }

  private MemorySegment address(String name) {
    return libraries.stream()
        .flatMap(l -> l.find(name).stream())
        .findFirst()
        .orElseThrow(
            () -> new LlamaException("the llama.cpp libraries have no function " + name, null));
  }
}
