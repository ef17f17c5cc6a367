package dev.outcrop.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a YAML 1.2 file without judging values: they stay text until their type is known. */
final class YamlFile {
  /** An environment variable, <code>${NAME}</code>. */
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  private static final int MOST_CHARACTERS = 1_000_000;
  private static final int MOST_ALIASES = 20;
  private static final int DEEPEST = 30;

  private final Path file;
  private final Map<String, String> environment;
  private final List<Problem> problems;
  private int depth;

  YamlFile(Path file, Map<String, String> environment, List<Problem> problems) {
    this.file = file;
    this.environment = environment;
    this.problems = problems;
  }

  Tree.Group read() {
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(MOST_CHARACTERS)
            .setMaxAliasesForCollections(MOST_ALIASES)
            .build();
    try (Reader reader = Files.newBufferedReader(file)) {
      Tree tree =
          new Compose(settings).composeReader(reader).map(this::tree).orElseGet(Tree.Group::empty);
      if (tree instanceof Tree.Group group) {
        return group;
      }
      problems.add(new Problem(tree.origin().where(), "settings are lines of the form key: value"));
    } catch (MarkedYamlEngineException e) {
      String where = e.getProblemMark().map(this::where).orElse(file.toString());
      problems.add(new Problem(where, "this is not YAML: " + e.getProblem()));
    } catch (IOException | YamlEngineException e) {
      problems.add(new Problem(file.toString(), "the file cannot be read: " + e.getMessage()));
    }
    return Tree.Group.empty();
  }

  /** Null for YAML's null: a key with nothing behind it is not set. */
  private Tree tree(Node node) {
    if (++depth > DEEPEST) {
      throw new YamlEngineException("it is nested too deep, or contains itself");
    }
    Tree tree = level(node, origin(node));
    depth--;
    return tree;
  }

  private Tree level(Node node, Tree.Origin origin) {
    return switch (node) {
      case ScalarNode scalar -> isNull(scalar) ? null : text(scalar.getValue(), origin);
      case SequenceNode sequence ->
          new Tree.Items(
              sequence.getValue().stream().map(this::tree).filter(Objects::nonNull).toList(),
              origin);
      case MappingNode mapping -> new Tree.Group(members(mapping), origin);
      default -> throw new YamlEngineException("unexpected " + node.getNodeType());
    };
  }

  /** The text with its references to environment variables resolved. */
  private Tree text(String written, Tree.Origin origin) {
    List<String> unset =
        REFERENCE
            .matcher(written)
            .results()
            .map(found -> found.group(1))
            .filter(name -> !environment.containsKey(name))
            .toList();
    unset.forEach(
        name ->
            problems.add(
                new Problem(origin.where(), "the environment variable " + name + " is not set")));
    return !unset.isEmpty()
        ? null
        : new Tree.Text(
            REFERENCE
                .matcher(written)
                .replaceAll(found -> Matcher.quoteReplacement(environment.get(found.group(1)))),
            origin);
  }

  private Map<String, Tree> members(MappingNode mapping) {
    Map<String, Tree> members = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(new Problem(origin(tuple.getKeyNode()).where(), "a key must be a word"));
        continue;
      }
      if (!names.add(key.getValue())) {
        problems.add(
            new Problem(origin(key).where(), key.getValue() + " is set twice. Remove one."));
      }
      Tree value = tree(tuple.getValueNode());
      if (value != null) {
        members.put(key.getValue(), at(value, origin(key)));
      }
    }
    return members;
  }

  /** A group begins below its key; the line of the key is the one to look at. */
  private static Tree at(Tree value, Tree.Origin key) {
    return value instanceof Tree.Group group ? new Tree.Group(group.members(), key) : value;
  }

  private static boolean isNull(ScalarNode scalar) {
    return scalar.getScalarStyle() == ScalarStyle.PLAIN
        && (scalar.getValue().isEmpty()
            || scalar.getValue().equals("~")
            || scalar.getValue().equals("null"));
  }

  private Tree.Origin origin(Node node) {
    return new Tree.Origin(
        node.getStartMark().map(this::where).orElse(file.toString()),
        file.toAbsolutePath().getParent());
  }

  private String where(Mark mark) {
    return file.getFileName() + ":" + (mark.getLine() + 1);
  }
}
