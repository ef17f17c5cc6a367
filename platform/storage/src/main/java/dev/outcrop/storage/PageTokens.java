package dev.outcrop.storage;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jooq.DSLContext;
import org.jooq.Field;

/**
 * Makes tokens that say where a listing goes on, and takes back only those it made for that
 * listing. A token is {@code base64url(first 16 bytes of HMAC-SHA256(purpose, position) +
 * position)}; the key is kept in the database, so tokens outlive a restart.
 */
public final class PageTokens {
  private static final String KEY_NAME = "page-token-key";
  private static final Field<String> NAME = field(name("name"), String.class);
  private static final Field<String> VALUE = field(name("value"), String.class);
  private static final int MAC_BYTES = 16;

  private final Database database;
  private volatile SecretKeySpec key;

  public PageTokens(Database database) {
    this.database = database;
  }

  /**
   * A token for a position.
   *
   * @param purpose names the listing with everything that a token must not be carried across:
   *     operation, account, parent, order, filter
   * @param position what is needed to go on, for example the last key given out
   */
  public String seal(String purpose, List<String> position) {
    byte[] payload = encode(position);
    byte[] token = Arrays.copyOf(mac(purpose, payload), MAC_BYTES + payload.length);
    System.arraycopy(payload, 0, token, MAC_BYTES, payload.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /**
   * The position that the token was made of.
   *
   * @throws StorageException.InvalidPageToken when it was not made here for this purpose
   */
  public List<String> open(String purpose, String token) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      throw new StorageException.InvalidPageToken();
    }
    if (bytes.length <= MAC_BYTES) {
      throw new StorageException.InvalidPageToken();
    }
    byte[] payload = Arrays.copyOfRange(bytes, MAC_BYTES, bytes.length);
    byte[] expected = Arrays.copyOf(mac(purpose, payload), MAC_BYTES);
    if (!MessageDigest.isEqual(expected, Arrays.copyOf(bytes, MAC_BYTES))) {
      throw new StorageException.InvalidPageToken();
    }
    return decode(payload);
  }

  private byte[] mac(String purpose, byte[] payload) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key());
      byte[] text = purpose.getBytes(StandardCharsets.UTF_8);
      mac.update(Integer.toString(text.length).getBytes(StandardCharsets.US_ASCII));
      mac.update((byte) '\n');
      mac.update(text);
      return mac.doFinal(payload);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private SecretKeySpec key() {
    if (key == null) {
      key = new SecretKeySpec(Base64.getDecoder().decode(stored()), "HmacSHA256");
    }
    return key;
  }

  private String stored() {
    String present = database.read(PageTokens::select);
    return present != null ? present : database.write(PageTokens::insert);
  }

  private static String insert(DSLContext sql) {
    byte[] fresh = new byte[32];
    new SecureRandom().nextBytes(fresh);
    sql.insertInto(table(name("installation")))
        .set(NAME, KEY_NAME)
        .set(VALUE, Base64.getEncoder().encodeToString(fresh))
        .onConflictDoNothing()
        .execute();
    return select(sql);
  }

  private static String select(DSLContext sql) {
    return sql.select(VALUE)
        .from(table(name("installation")))
        .where(NAME.eq(KEY_NAME))
        .fetchOne(VALUE);
  }

  private static byte[] encode(List<String> parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (String part : parts) {
        out.writeUTF(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static List<String> decode(byte[] payload) {
    List<String> parts = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload))) {
      while (in.available() > 0) {
        parts.add(in.readUTF());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return parts;
  }
}
