package dev.outcrop.models.llama.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonValidator;
import com.networknt.schema.Keyword;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.ValidationContext;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.ValidatorTypeCode;
import java.util.List;
import java.util.Set;

/**
 * A keyword of the validator's with what that leaves out: what references lead to is paid for, as
 * each can lead to itself more than once, and {@code uniqueItems} says nothing of objects.
 */
record Guarded(Keyword keyword) implements Keyword {
  private static final int WORK = 60;

  static final List<Keyword> ALL =
      List.of(
          new Guarded(ValidatorTypeCode.REF),
          new Guarded(ValidatorTypeCode.DYNAMIC_REF),
          new Guarded(ValidatorTypeCode.RECURSIVE_REF),
          new Guarded(ValidatorTypeCode.UNIQUE_ITEMS));

  @Override
  public String getValue() {
    return keyword.getValue();
  }

  @Override
  public JsonValidator newValidator(
      SchemaLocation location,
      JsonNodePath path,
      JsonNode schema,
      JsonSchema parent,
      ValidationContext context)
      throws Exception {
    Budget.spend(WORK);
    JsonValidator found = keyword.newValidator(location, path, schema, parent, context);
    return new Validator(found, keyword == ValidatorTypeCode.UNIQUE_ITEMS);
  }

  private record Validator(JsonValidator inner, boolean arrays) implements JsonValidator {
    @Override
    public Set<ValidationMessage> validate(
        ExecutionContext context, JsonNode node, JsonNode root, JsonNodePath path) {
      if (arrays && !node.isArray()) {
        return Set.of();
      }
      Budget.spend(WORK);
      return inner.validate(context, node, root, path);
    }

    @Override
    public void preloadJsonSchema() {
      inner.preloadJsonSchema();
    }

    @Override
    public SchemaLocation getSchemaLocation() {
      return inner.getSchemaLocation();
    }

    @Override
    public JsonNodePath getEvaluationPath() {
      return inner.getEvaluationPath();
    }

    @Override
    public String getKeyword() {
      return inner.getKeyword();
    }
  }
}
