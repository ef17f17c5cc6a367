package dev.outcrop.models.llama;

import java.util.List;
import java.util.Locale;

/**
 * The npm packages with the libraries of llama.cpp v0.4.0 (MIT), one for each platform and device.
 *
 * @param npm name of the package
 * @param version exact version; the binding fits no other release
 * @param integrity {@code sha512-} and base64, as npm writes it
 * @param folder where the libraries lie in the unpacked package
 */
public record LlamaLibraries(String npm, String version, String integrity, String folder) {
  public static final String VERSION = "3.21.1";

  /** All packages that are known, processor-only ones first. */
  public static final List<LlamaLibraries> ALL =
      List.of(
          of(
              "linux-x64",
              "Totj6RTDMGo3FoK2yNUaz/oGmZD0olAqTrRluFUWmu0kW2i9TOzHSW0OWCAiGkzRCVX0WsU2CyUQo/W2NYtdPA=="),
          of(
              "linux-arm64",
              "eI3anSEGzJiwF2rpMpZVTdHzw47LztbvfvuRzlu/fPO18ROnBOd+75RPUBlV6qENPpmNtbov85+3VODwEwBurg=="),
          of(
              "mac-arm64-metal",
              "6MIDAZV7DXD9R1+jEXWJkFuolni3GATGE6mmuyFYc6ZmtOh9djAy15df0T0AXK3sCmVKL+fQcOAWZezxx4MvQQ=="),
          of(
              "mac-x64",
              "Q4nyNmbcNiKygBZQZjX+qLk2w3YzoiFpLWsxNURQN7xjyUi2p2rWxjRa7Otg0FrjGf/ri4aQ+X3Uj5Y0zD06eg=="),
          of(
              "win-x64",
              "JcIpCnra7bAd7JNWA8ehdn2DIRaTMuj+fBC8bw+5rKSNzszWFbuj2XA05c5QHovonDMBLN1ePXE/hcfZtzXoUQ=="),
          of(
              "win-arm64",
              "/UDR7Y0B8iKfc/tqxBmWkcgRdZQ9Wrkwod7fYl4J6iZXcTIj286RkHvZSED7VMY67TrcUXVvxJVMNFtmjeYnDg=="),
          of(
              "linux-x64-vulkan",
              "flEeSzONQ6OIm5bYKLQf4eEnBzcC5WugFbyPUwkCqyyOFZ8pH0H9ulQ7ZNDLSIczeKneMRJornlyY1Hq7d3GDA=="),
          of(
              "win-x64-vulkan",
              "HJ237Azh5m4Sz+w3A1IU/fYLaSDOocskcfn2ILTgqTuuORCB86EMnu3Yt/XsNhRHTtEiwz1Q/E0mO4PLIbZLAA=="),
          of(
              "linux-x64-cuda",
              "idsE55VoD/FbvLhnBC9krUJaUoC0XnebseAAnCpm/brKf61HEbu+idgbb5eN6mxkjLSrHtILprJ0nDcUJjVrFg=="),
          of(
              "win-x64-cuda",
              "PLz70neFEMkQTlmJqG1ujUtCSgHasLPMxQ9rLkqQVmZYAXqkRj+45TIHCjdn3XqUeaoun0vrO9rRaxZ8NVq9jg=="));

  private static LlamaLibraries of(String name, String sha512) {
    return new LlamaLibraries(
        "@node-llama-cpp/" + name, VERSION, "sha512-" + sha512, "package/bins/" + name);
  }

  /**
   * The package for this machine.
   *
   * @param device {@code cpu} (with Metal on a Mac that has it), {@code vulkan} or {@code cuda}
   * @throws IllegalArgumentException when there is none, saying what there is
   */
  public static LlamaLibraries here(String device) {
    return find(System.getProperty("os.name"), System.getProperty("os.arch"), device);
  }

  static LlamaLibraries find(String osName, String arch, String device) {
    String os = osName.toLowerCase(Locale.ROOT);
    String system = os.startsWith("mac") ? "mac" : os.startsWith("windows") ? "win" : os;
    String chip =
        switch (arch) {
          case "aarch64", "arm64" -> "arm64";
          case "amd64", "x86_64" -> "x64";
          default -> arch;
        };
    String suffix = device.equals("cpu") ? "" : "-" + device;
    String name = system + "-" + chip + suffix;
    String wanted = name.equals("mac-arm64") ? "mac-arm64-metal" : name;
    return ALL.stream()
        .filter(l -> l.npm.endsWith("/" + wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "llama.cpp is not packaged for "
                        + wanted
                        + "; there is "
                        + ALL.stream().map(l -> l.folder.substring(13)).toList()));
  }
}
