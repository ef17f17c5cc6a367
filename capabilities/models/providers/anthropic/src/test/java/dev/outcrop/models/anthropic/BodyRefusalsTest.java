package dev.outcrop.models.anthropic;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** What a body may not say is refused in Bedrock's words. */
class BodyRefusalsTest {

  private static final String MESSAGES = "'messages': [{'role': 'user', 'content': 'Hi'}]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'stream': true | #: extraneous key [stream] is not permitted",
        "'model': 'x' | #: extraneous key [model] is not permitted",
        "'temprature': 1 | #: extraneous key [temprature] is not permitted",
        "'temperature': 1.5 | #/temperature: 1.5 is not less or equal to 1",
        "'top_p': 'x' | #/top_p: expected type: Number, found: String",
        "'top_k': 1.5 | #/top_k: expected type: Integer, found: Number",
        "'stop_sequences': 'x' | #/stop_sequences: expected type: JSONArray, found: String",
        "'metadata': {'other': 1} | #/metadata: extraneous key [other] is not permitted",
        "'tools': [{'name': 'x'}] | #/tools/0: required key [input_schema] not found",
        "'tools': [{'name': 'x', 'input_schema': {}, 'odd': 1}] | #/tools/0: extraneous key [odd]",
        "'tool_choice': {'type': 'must'} | #/tool_choice/type: must is not a valid enum value",
        "'thinking': {} | #/thinking: required key [type] not found",
        "'output_config': {'format': {'type': 'xml'}} | #/output_config/format/type: xml is not",
        "'system': [{'type': 'image'}] | #/system/0/type",
        "'cache_control': {'type': 'eternal'} | #/cache_control/type: eternal is not",
        "'cache_control': {'type': 'ephemeral', 'ttl': '2h'} | #/cache_control/ttl: 2h is not",
      })
  void fields(String field, String problem) {
    refused(
        "{'anthropic_version': 'bedrock-2023-05-31', 'max_tokens': 5, "
            + MESSAGES
            + ", "
            + field
            + "}",
        problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type': 'poem'} | /content/0/type: poem is not a valid enum value",
        "{'text': 'x'} | /content/0: required key [type] not found",
        "{'type': 'text'} | /content/0: required key [text] not found",
        "{'type': 'text', 'text': 'x', 'mood': 1} | /content/0: extraneous key [mood]",
        "{'type': 'image', 'source': {'type': 'url', 'url': 'u'}} | url is not a valid enum value",
        "{'type': 'image', 'source': {'type': 'base64', 'media_type': 'image/bmp', 'data': ''}} | /source/media_type: image/bmp is not",
        "{'type': 'document', 'source': {'type': 'file', 'file_id': 'f'}} | file is not a valid enum",
        "{'type': 'document', 'source': {'type': 'base64', 'media_type': 'application/pdf', 'data': 'x'}} | /source/data: is not valid base64",
        "{'type': 'tool_use', 'id': 'a', 'name': 'b'} | /content/0: required key [input] not found",
        "{'type': 'tool_result'} | /content/0: required key [tool_use_id] not found",
        "{'type': 'thinking', 'thinking': 'x'} | required key [signature] not found",
        "{'type': 'text', 'text': 'x', 'citations': [{'type': 'odd', 'cited_text': 'y'}]} | /citations/0/type: odd is not",
      })
  void blocks(String block, String problem) {
    refused(
        "{'anthropic_version': 'bedrock-2023-05-31', 'max_tokens': 5, 'messages': [{'role': 'user',"
            + " 'content': ["
            + block
            + "]}]}",
        problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | expected type: JSONObject, found: JSONArray",
        "{ | the body is not valid JSON",
        "{'max_tokens': 1} | required key [anthropic_version] not found",
        "{'anthropic_version': '2023-06-01', 'max_tokens': 1} | #/anthropic_version: 2023-06-01 is not",
        "{'anthropic_version': 'bedrock-2023-05-31'} | required key [max_tokens] not found",
        "{'anthropic_version': 'bedrock-2023-05-31', 'max_tokens': 0} | required key [messages]",
        "{'anthropic_version': 'bedrock-2023-05-31', 'max_tokens': 1, 'messages': []} | expected minimum item count: 1",
        "{'anthropic_version': 'bedrock-2023-05-31', 'max_tokens': 1, 'messages': [{'role': 'tool', 'content': ''}]} | #/messages/0/role: tool is not",
        "{'prompt': 'x'} | required key [max_tokens_to_sample] not found",
        "{'prompt': 'x', 'max_tokens_to_sample': 5} | prompt must start with",
        "{'prompt': 'Human: x', 'max_tokens_to_sample': 5} | prompt must end with",
      })
  void bodies(String body, String problem) {
    refused(body, problem);
  }

  private static void refused(String body, String problem) {
    assertThatThrownBy(() -> Calls.body(Calls.CLAUDE, body.replace('\'', '"')))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining(problem);
  }
}
