package dev.outcrop.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what no handler can: requests that are not HTTP, or too big. The body is {@code
 * {"message": …}}, which every AWS client can show.
 */
final class PlainErrors extends ErrorHandler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    Object message = request.getAttribute(ERROR_MESSAGE);
    if (request.getAttribute(ERROR_EXCEPTION) instanceof HttpException refused) {
      status = refused.getCode();
      message = refused.getReason();
      response.setStatus(status);
    } else if (status >= 500 && message == null) {
      message = "the server failed to answer";
    }
    byte[] body = body(status, message);
    headers(response.getHeaders(), body);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  @Override
  public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
    byte[] body = body(status, reason);
    headers(fields, body);
    return ByteBuffer.wrap(body);
  }

  static void headers(HttpFields.Mutable fields, byte[] body) {
    fields.put(HttpHeader.CONTENT_TYPE, "application/json");
    fields.put(new HttpField.LongValueHttpField(HttpHeader.CONTENT_LENGTH, body.length));
  }

  static byte[] body(int status, Object message) {
    String text = message == null ? HttpStatus.getMessage(status) : message.toString();
    var json = new StringBuilder("{\"message\":\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else {
        json.append(c < ' ' || c > '~' ? '?' : c);
      }
    }
    return json.append("\"}").toString().getBytes(StandardCharsets.US_ASCII);
  }
}
