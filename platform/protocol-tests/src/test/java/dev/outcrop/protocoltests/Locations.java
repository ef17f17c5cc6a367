package dev.outcrop.protocoltests;

import dev.outcrop.protocoltests.Structures.Role;
import java.util.Optional;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.LocationTrait;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.traits.HttpHeaderTrait;
import software.amazon.smithy.model.traits.HttpLabelTrait;
import software.amazon.smithy.model.traits.HttpPayloadTrait;
import software.amazon.smithy.model.traits.HttpPrefixHeadersTrait;
import software.amazon.smithy.model.traits.HttpQueryParamsTrait;
import software.amazon.smithy.model.traits.HttpQueryTrait;
import software.amazon.smithy.model.traits.HttpResponseCodeTrait;
import software.amazon.smithy.model.traits.JsonNameTrait;
import software.amazon.smithy.model.traits.XmlNameTrait;

/** Where members travel and what they are called there. */
final class Locations {
  private Locations() {}

  /** A member of a protocol with HTTP bindings. */
  static LocationTrait rest(MemberShape member, Shape target, Suite suite, Role role) {
    if (suite.xml() && member.hasTrait(HttpPayloadTrait.class)) {
      return payload(member, target);
    }
    return switch (role) {
      case INPUT -> input(member).orElseGet(() -> body(member, suite));
      case OUTPUT, ERROR -> output(member).orElseGet(() -> body(member, suite));
      case NESTED -> body(member, suite);
    };
  }

  // The root of a body that is one member is named after the member's shape, unless it has a name.
  private static LocationTrait payload(MemberShape member, Shape target) {
    String name = target.getId().getName();
    return at(
        MarshallLocation.PAYLOAD,
        member
            .getTrait(XmlNameTrait.class)
            .or(() -> target.getTrait(XmlNameTrait.class))
            .map(XmlNameTrait::getValue)
            .orElse(name));
  }

  private static Optional<LocationTrait> input(MemberShape member) {
    String name = member.getMemberName();
    if (member.hasTrait(HttpLabelTrait.class)) {
      return Optional.of(at(MarshallLocation.PATH, name));
    }
    if (member.hasTrait(HttpQueryParamsTrait.class)) {
      return Optional.of(at(MarshallLocation.QUERY_PARAM, name));
    }
    return member
        .getTrait(HttpQueryTrait.class)
        .map(query -> at(MarshallLocation.QUERY_PARAM, query.getValue()))
        .or(() -> header(member));
  }

  private static Optional<LocationTrait> output(MemberShape member) {
    return member.hasTrait(HttpResponseCodeTrait.class)
        ? Optional.of(at(MarshallLocation.STATUS_CODE, member.getMemberName()))
        : header(member);
  }

  private static Optional<LocationTrait> header(MemberShape member) {
    return member
        .getTrait(HttpHeaderTrait.class)
        .map(header -> at(MarshallLocation.HEADER, header.getValue()))
        .or(
            () ->
                member
                    .getTrait(HttpPrefixHeadersTrait.class)
                    .map(prefix -> at(MarshallLocation.HEADER, prefix.getValue())));
  }

  /** A member of the body: the AWS-JSON protocols and CBOR use the names of the model. */
  static LocationTrait body(MemberShape member, Suite suite) {
    Optional<String> given =
        suite.xml()
            ? member.getTrait(XmlNameTrait.class).map(XmlNameTrait::getValue)
            : suite == Suite.REST_JSON
                ? member.getTrait(JsonNameTrait.class).map(JsonNameTrait::getValue)
                : Optional.empty();
    return at(MarshallLocation.PAYLOAD, given.orElse(member.getMemberName()));
  }

  private static LocationTrait at(MarshallLocation location, String name) {
    return LocationTrait.builder()
        .location(location)
        .locationName(name)
        .unmarshallLocationName(name)
        .build();
  }
}
