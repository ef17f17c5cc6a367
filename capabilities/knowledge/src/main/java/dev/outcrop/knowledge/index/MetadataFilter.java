package dev.outcrop.knowledge.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.WildcardQuery;
import software.amazon.awssdk.services.bedrockagentruntime.model.FilterAttribute;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrievalFilter;

/**
 * A RetrievalFilter as a Lucene query. As at AWS, an attribute that a chunk lacks matches no
 * operator, notEquals and notIn included.
 */
public final class MetadataFilter {
  private static final int MOST_NESTING = 5;
  private static final int MOST_VALUES = 1000;

  private MetadataFilter() {}

  /**
   * Translates a filter.
   *
   * @throws IllegalArgumentException when the filter makes no sense, saying what is wrong
   */
  public static Query query(RetrievalFilter filter) {
    return new ConstantScoreQuery(query(filter, 0));
  }

  private static Query query(RetrievalFilter filter, int depth) {
    require(depth < MOST_NESTING, "filters may be nested " + MOST_NESTING + " deep");
    List<Query> operators = new ArrayList<>();
    if (filter.hasAndAll()) {
      operators.add(all(filter.andAll(), Occur.FILTER, depth));
    }
    if (filter.hasOrAll()) {
      operators.add(all(filter.orAll(), Occur.SHOULD, depth));
    }
    add(operators, filter.equalsValue(), "equals", a -> equal(a.key(), value(a)));
    add(operators, filter.notEquals(), "notEquals", a -> not(a.key(), equal(a.key(), value(a))));
    add(operators, filter.in(), "in", MetadataFilter::in);
    add(operators, filter.notIn(), "notIn", a -> not(a.key(), in(a)));
    add(operators, filter.startsWith(), "startsWith", a -> new PrefixQuery(textTerm(a)));
    add(operators, filter.stringContains(), "stringContains", MetadataFilter::contains);
    add(
        operators,
        filter.listContains(),
        "listContains",
        a -> new TermQuery(new Term(Fields.texts(a.key()), text(a))));
    double most = Double.POSITIVE_INFINITY;
    add(
        operators,
        filter.greaterThan(),
        "greaterThan",
        a -> range(a, DoublePoint.nextUp(number(a)), most));
    add(
        operators,
        filter.greaterThanOrEquals(),
        "greaterThanOrEquals",
        a -> range(a, number(a), most));
    add(
        operators,
        filter.lessThan(),
        "lessThan",
        a -> range(a, -most, DoublePoint.nextDown(number(a))));
    add(operators, filter.lessThanOrEquals(), "lessThanOrEquals", a -> range(a, -most, number(a)));
    require(
        operators.size() == 1, "a filter must have exactly one operator, not " + operators.size());
    return operators.getFirst();
  }

  private static void add(
      List<Query> operators,
      FilterAttribute attribute,
      String operator,
      Function<FilterAttribute, Query> translation) {
    if (attribute != null) {
      require(attribute.key() != null, operator + " needs a key");
      require(attribute.value() != null, operator + " needs a value");
      try {
        operators.add(translation.apply(attribute));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            operator + " on '" + attribute.key() + "': " + e.getMessage(), e);
      }
    }
  }

  private static Query all(List<RetrievalFilter> filters, Occur occur, int depth) {
    require(filters.size() >= 2, "andAll and orAll need two filters or more");
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    filters.forEach(f -> query.add(query(f, depth + 1), occur));
    return query.build();
  }

  private static Query not(String key, Query query) {
    return new BooleanQuery.Builder()
        .add(new TermQuery(new Term(Fields.PRESENT, key)), Occur.FILTER)
        .add(new MatchAllDocsQuery(), Occur.FILTER)
        .add(query, Occur.MUST_NOT)
        .build();
  }

  private static Query equal(String key, Attribute value) {
    return switch (value) {
      case Attribute.Text text -> new TermQuery(new Term(Fields.text(key), text.value()));
      case Attribute.Number number -> DoubleField.newExactQuery(Fields.number(key), number.value());
      case Attribute.Flag flag ->
          new TermQuery(new Term(Fields.flag(key), Boolean.toString(flag.value())));
      case Attribute.Texts texts ->
          throw new IllegalArgumentException("the value must not be a list");
    };
  }

  private static Query in(FilterAttribute attribute) {
    require(attribute.value().isList(), "the value must be a list");
    return any(attribute.key(), attribute.value().asList().stream().map(Attribute::of).toList());
  }

  private static Query any(String key, List<Attribute> values) {
    require(values.size() <= MOST_VALUES, "the list may hold " + MOST_VALUES + " values");
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    values.forEach(v -> query.add(equal(key, v), Occur.SHOULD));
    return query.build();
  }

  private static Query contains(FilterAttribute attribute) {
    String pattern = "*" + text(attribute).replaceAll("([\\\\*?])", "\\\\$1") + "*";
    return new BooleanQuery.Builder()
        .add(new WildcardQuery(new Term(Fields.text(attribute.key()), pattern)), Occur.SHOULD)
        .add(new WildcardQuery(new Term(Fields.texts(attribute.key()), pattern)), Occur.SHOULD)
        .build();
  }

  private static Query range(FilterAttribute attribute, double from, double to) {
    return DoubleField.newRangeQuery(Fields.number(attribute.key()), from, to);
  }

  private static Attribute value(FilterAttribute attribute) {
    return Attribute.of(attribute.value());
  }

  private static String text(FilterAttribute attribute) {
    require(attribute.value().isString(), "the value must be a string");
    return attribute.value().asString();
  }

  private static Term textTerm(FilterAttribute attribute) {
    return new Term(Fields.text(attribute.key()), text(attribute));
  }

  private static double number(FilterAttribute attribute) {
    require(attribute.value().isNumber(), "the value must be a number");
    return attribute.value().asNumber().doubleValue();
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(Objects.requireNonNull(otherwise));
    }
  }
}
