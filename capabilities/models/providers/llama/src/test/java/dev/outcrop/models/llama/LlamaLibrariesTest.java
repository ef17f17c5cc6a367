package dev.outcrop.models.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LlamaLibrariesTest {

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, cpu, linux-x64",
    "Linux, aarch64, cpu, linux-arm64",
    "Linux, amd64, vulkan, linux-x64-vulkan",
    "Linux, amd64, cuda, linux-x64-cuda",
    "Mac OS X, aarch64, cpu, mac-arm64-metal",
    "Mac OS X, x86_64, cpu, mac-x64",
    "Windows 11, amd64, cpu, win-x64",
    "Windows 11, aarch64, cpu, win-arm64",
    "Windows 11, amd64, cuda, win-x64-cuda",
  })
  void everyPlatformHasItsPackage(String os, String arch, String device, String name) {
    LlamaLibraries found = LlamaLibraries.find(os, arch, device);

    assertThat(found.npm()).isEqualTo("@node-llama-cpp/" + name);
    assertThat(found.folder()).isEqualTo("package/bins/" + name);
  }

  @Test
  void aPlatformWithoutAPackageIsAnErrorThatNamesWhatThereIs() {
    assertThatThrownBy(() -> LlamaLibraries.find("Linux", "aarch64", "cuda"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("linux-arm64-cuda")
        .hasMessageContaining("linux-x64-cuda");
    assertThatThrownBy(() -> LlamaLibraries.find("Linux", "riscv64", "cpu"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("riscv64");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "4, 3", "8, 7", "16, 8", "64, 16"})
  void aCoreIsLeftForTheServer(int cores, int threads) {
    assertThat(LlamaOptions.threads(cores)).isEqualTo(threads);
  }
}
