package dev.outcrop.models.llama.grammar;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Rules and the number of the first one.
 *
 * @param rules by number
 */
public record Grammar(List<Rule> rules, int start) {

  /** The form in which it travels to another process of the same build. */
  public byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(start);
      out.writeInt(rules.size());
      for (Rule rule : rules) {
        write(out, rule);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Rule rule) throws IOException {
    switch (rule) {
      case Rule.Literal r -> {
        out.writeByte(0);
        out.writeInt(r.bytes().length);
        out.write(r.bytes());
      }
      case Rule.Regular r -> {
        out.writeByte(1);
        out.writeInt(r.next().length);
        for (int[] ways : r.next()) {
          numbers(out, ways);
        }
        numbers(out, r.accepting().stream().toArray());
      }
      case Rule.Sequence r -> {
        out.writeByte(2);
        numbers(out, r.parts());
      }
      case Rule.Choice r -> {
        out.writeByte(3);
        numbers(out, r.options());
      }
      case Rule.Repeated r -> {
        out.writeByte(4);
        numbers(out, r.part(), r.least(), r.most());
      }
      case Rule.Items r -> {
        out.writeByte(5);
        numbers(out, r.first());
        numbers(out, r.separator(), r.rest(), r.least(), r.most(), r.unique() ? 1 : 0);
      }
      case Rule.Selection r -> {
        out.writeByte(6);
        numbers(out, r.options());
        numbers(out, r.separator(), r.least(), r.most());
      }
      case Rule.Members r -> {
        out.writeByte(7);
        numbers(out, r.known());
        for (boolean required : r.required()) {
          out.writeBoolean(required);
        }
        numbers(out, r.others());
        numbers(out, r.separator(), r.least(), r.most());
      }
    }
  }

  private static void numbers(DataOutputStream out, int... values) throws IOException {
    out.writeInt(values.length);
    for (int value : values) {
      out.writeInt(value);
    }
  }

  /** Reads what {@link #bytes} wrote. */
  public static Grammar of(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int start = in.readInt();
      List<Rule> rules = new ArrayList<>();
      for (int count = in.readInt(); rules.size() < count; ) {
        rules.add(read(in));
      }
      return new Grammar(rules, start);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Rule read(DataInputStream in) throws IOException {
    switch (in.readByte()) {
      case 0:
        return new Rule.Literal(in.readNBytes(in.readInt()));
      case 1:
        int[][] next = new int[in.readInt()][];
        for (int i = 0; i < next.length; i++) {
          next[i] = numbers(in);
        }
        BitSet accepting = new BitSet();
        for (int state : numbers(in)) {
          accepting.set(state);
        }
        return new Rule.Regular(next, accepting);
      case 2:
        return new Rule.Sequence(numbers(in));
      case 3:
        return new Rule.Choice(numbers(in));
      case 4:
        int[] repeated = numbers(in);
        return new Rule.Repeated(repeated[0], repeated[1], repeated[2]);
      case 5:
        int[] first = numbers(in);
        int[] items = numbers(in);
        return new Rule.Items(items[0], first, items[1], items[2], items[3], items[4] == 1);
      case 6:
        int[] options = numbers(in);
        int[] bounds = numbers(in);
        return new Rule.Selection(bounds[0], options, bounds[1], bounds[2]);
      default:
        return members(in);
    }
  }

  private static Rule members(DataInputStream in) throws IOException {
    int[] known = numbers(in);
    boolean[] required = new boolean[known.length];
    for (int i = 0; i < required.length; i++) {
      required[i] = in.readBoolean();
    }
    int[] others = numbers(in);
    int[] bounds = numbers(in);
    return new Rule.Members(bounds[0], known, required, others, bounds[1], bounds[2]);
  }

  private static int[] numbers(DataInputStream in) throws IOException {
    int[] values = new int[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readInt();
    }
    return values;
  }
}
