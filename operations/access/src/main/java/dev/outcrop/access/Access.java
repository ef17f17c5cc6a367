package dev.outcrop.access;

import dev.outcrop.config.Secret;
import dev.outcrop.operations.Operation;
import dev.outcrop.wire.ClaimedKey;
import dev.outcrop.wire.HttpExchange;
import dev.outcrop.wire.Interceptor;
import dev.outcrop.wire.RequestContext;
import dev.outcrop.wire.StreamSignatures;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Lets requests in that come with a configured key: signed with its secret (Signature Version 4, in
 * headers, in presigned URLs, and through the parts of a streamed body), or with one of its API
 * keys as a bearer token or {@code x-api-key}. Without any keys configured everything is let in
 * under the name that it gives itself.
 *
 * <p>Errors are AWS's, by {@link dev.outcrop.wire.RefusedException}: {@code
 * MissingAuthenticationTokenException}, {@code UnrecognizedClientException}, {@code
 * InvalidSignatureException}, {@code IncompleteSignatureException}, {@code ExpiredTokenException}
 * and {@code AccessDeniedException}, all 403.
 */
public final class Access implements Interceptor {
  /** The access key id, and the name, of the installation's own commands. */
  public static final String OWN = "outcrop";

  private static final String BEARER = "Bearer ";

  private final InstantSource clock;
  private final SigningKeys signingKeys = new SigningKeys();
  private volatile Keys keys;
  private volatile Key own;

  /**
   * @throws IllegalArgumentException when two keys share a credential
   */
  public Access(Map<String, KeySettings> settings, InstantSource clock) {
    this.clock = clock;
    this.keys = new Keys(settings);
  }

  /**
   * Takes new keys for the requests to come.
   *
   * @throws IllegalArgumentException as {@link #check} does; then the old ones stay
   */
  public void configure(Map<String, KeySettings> settings) {
    check(settings);
    keys = new Keys(settings);
  }

  /**
   * Whether new keys can be taken.
   *
   * @throws IllegalArgumentException when two share a credential, or none are left: a slip in a
   *     file must not open the door
   */
  public void check(Map<String, KeySettings> settings) {
    if (new Keys(settings).none() && required()) {
      throw new IllegalArgumentException(
          "keys: the last key was removed; start anew to let everybody in");
    }
  }

  /** Lets the installation's own commands in, which sign with {@link #OWN} and this secret. */
  public void trust(Secret secret) {
    own = new Key(OWN, secret, List.of(), Instant.MAX);
  }

  /** Whether requests need a key. */
  public boolean required() {
    return !keys.none();
  }

  @Override
  public RequestContext admit(HttpExchange exchange, byte[] body, RequestContext context) {
    Keys now = keys;
    if (now.none()) {
      return context;
    }
    Key key = authenticate(now, exchange, body, context.operation());
    return context.withCaller(
        "arn:aws:iam::" + context.account() + ":user/" + key.name(), key.name());
  }

  @Override
  public StreamSignatures signatures(HttpExchange exchange, RequestContext context) {
    Keys now = keys;
    if (now.none() || !BodySignatures.are(exchange.header(Verification.PAYLOAD))) {
      return null;
    }
    return new Verification(id -> signer(now, id), signingKeys, clock, context.operation())
        .parts(exchange);
  }

  /**
   * Who asks in a request that is none of AWS's, by bearer token or {@code x-api-key}.
   *
   * @return the key's name; without any keys configured, the name of what the request comes with
   * @throws dev.outcrop.wire.RefusedException when it comes with no good key
   */
  public String identify(HttpExchange exchange) {
    Keys now = keys;
    return now.none() ? ClaimedKey.of(exchange) : authenticate(now, exchange, null, null).name();
  }

  /** Whether a key may use a model under any of these ids; keys that are not configured may. */
  public boolean mayUse(String keyName, String... modelIds) {
    Key key = keys.named(keyName);
    if (key == null) {
      return true;
    }
    for (String id : modelIds) {
      if (key.mayUse(id)) {
        return true;
      }
    }
    return false;
  }

  private Key authenticate(Keys now, HttpExchange exchange, byte[] body, Operation operation) {
    String authorization = exchange.header("authorization");
    String apiKey = ClaimedKey.apiKey(exchange);
    Key key;
    if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      key = bearer(now, authorization.substring(BEARER.length()).strip(), operation);
    } else if (authorization == null && LegacyPresigned.is(exchange.rawQuery())) {
      key = LegacyPresigned.verify(exchange, id -> signer(now, id), clock.instant(), operation);
    } else if (authorization != null || isPresigned(exchange)) {
      key =
          new Verification(id -> signer(now, id), signingKeys, clock, operation)
              .verify(exchange, body);
    } else if (apiKey != null) {
      key = bearer(now, apiKey, operation);
    } else {
      throw Refusals.missing(operation);
    }
    if (!clock.instant().isBefore(key.end())) {
      throw Refusals.expired(operation);
    }
    return key;
  }

  private Key signer(Keys now, String accessKeyId) {
    return accessKeyId.equals(OWN) && own != null ? own : now.ofAccessKeyId(accessKeyId);
  }

  private static boolean isPresigned(HttpExchange exchange) {
    String query = exchange.rawQuery();
    return query != null && query.contains("X-Amz-Signature=");
  }

  private Key bearer(Keys now, String token, Operation operation) {
    Key key = now.ofApiKey(token);
    if (key == null && token.startsWith(ShortTermKey.PREFIX)) {
      HttpExchange signed = ShortTermKey.read(token);
      key =
          new Verification(id -> signer(now, id), signingKeys, clock, operation)
              .verifyShortTerm(signed);
    }
    if (key == null) {
      throw Refusals.unknownApiKey();
    }
    return key;
  }
}
