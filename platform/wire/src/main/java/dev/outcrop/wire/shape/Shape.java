package dev.outcrop.wire.shape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** The members of one SDK class, sorted by where on the wire they travel. */
public final class Shape {
  private static final Map<Class<?>, Shape> KNOWN = new ConcurrentHashMap<>();

  private final Member[] members;
  private final Member[] body;
  private final Member[] heads;
  private final Member payload;
  private final Map<String, Member> bodyByReadName = new HashMap<>();
  private final Map<String, Member> byName = new HashMap<>();

  private Shape(List<SdkField<?>> fields) {
    members = fields.stream().map(Member::new).toArray(Member[]::new);
    List<Member> inBody = new ArrayList<>();
    List<Member> inHead = new ArrayList<>();
    Member whole = null;
    for (Member member : members) {
      byName.put(member.name(), member);
      if (member.location() != MarshallLocation.PAYLOAD) {
        inHead.add(member);
      } else if (member.payload()) {
        whole = member;
      } else {
        inBody.add(member);
        bodyByReadName.put(member.readName(), member);
      }
    }
    body = inBody.toArray(Member[]::new);
    heads = inHead.toArray(Member[]::new);
    payload = whole;
  }

  /** The shape of an SDK object or builder. */
  public static Shape of(SdkPojo pojo) {
    Shape known = KNOWN.get(pojo.getClass());
    return known != null
        ? known
        : KNOWN.computeIfAbsent(pojo.getClass(), _ -> new Shape(pojo.sdkFields()));
  }

  /** Finishes a builder; an SDK object that needs no building is answered as it is. */
  public static Object build(SdkPojo builder) {
    return builder instanceof SdkBuilder<?, ?> unfinished ? unfinished.build() : builder;
  }

  /** All members, in the model's order. */
  public Member[] members() {
    return members;
  }

  /** The members that travel as parts of the body. */
  public Member[] body() {
    return body;
  }

  /** The members that travel in path, query, headers or status. */
  public Member[] heads() {
    return heads;
  }

  /** The member that is the whole body, or null. */
  public Member payload() {
    return payload;
  }

  /** The part of the body that has this name in requests, or null. */
  public Member bodyMember(String readName) {
    return bodyByReadName.get(readName);
  }

  /** Whether a member travels in the query under this name. */
  public boolean hasQueryMember(String name) {
    for (Member member : heads) {
      if (member.location() == MarshallLocation.QUERY_PARAM
          && member.map() == null
          && member.readName().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** The member of this name in the SDK, or null. */
  public Member member(String name) {
    return byName.get(name);
  }
}
