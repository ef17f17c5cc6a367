package dev.outcrop.storage;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.outcrop.wire.RequestContext;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/** The table {@code resource}, and which of its rows are meant. */
final class ResourceTable {
  static final Table<Record> RESOURCE = table(name("resource"));
  static final Field<String> ACCOUNT = field(name("account"), String.class);
  static final Field<String> REGION = field(name("region"), String.class);
  static final Field<String> KIND = field(name("kind"), String.class);
  static final Field<String> PARENT = field(name("parent"), String.class);
  static final Field<String> ID = field(name("id"), String.class);
  static final Field<String> NAME = field(name("name"), String.class);
  static final Field<String> UNIQUE_NAME = field(name("unique_name"), String.class);
  static final Field<Long> VERSION = field(name("version"), Long.class);
  static final Field<Long> CREATED = field(name("created"), Long.class);
  static final Field<Long> UPDATED = field(name("updated"), Long.class);
  static final Field<String> BODY = field(name("body"), String.class);

  private ResourceTable() {}

  /** The children of a parent in the account and region of the request being served. */
  static Condition children(String kind, String parent) {
    RequestContext context = RequestContext.current();
    return ACCOUNT
        .eq(context.account())
        .and(REGION.eq(context.region()))
        .and(KIND.eq(kind))
        .and(PARENT.eq(parent));
  }

  static Condition row(String kind, String parent, String id) {
    return children(kind, parent).and(ID.eq(id));
  }
}
