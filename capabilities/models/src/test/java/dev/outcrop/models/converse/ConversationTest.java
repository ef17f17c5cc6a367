package dev.outcrop.models.converse;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outcrop.wire.RefusedException;
import dev.outcrop.wire.SdkJson;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

class ConversationTest {

  private static final String TOOL =
      "{'toolSpec':{'name':'NAME','inputSchema':{'json':{'type':'object'}}}}";
  private static final String TOOLS = ",'toolConfig':{'tools':[" + TOOL + "]}";
  private static final String USE =
      "{'role':'assistant','content':[{'toolUse':{'toolUseId':'u1','name':'NAME','input':{}}}]}";
  private static final String RESULT = "{'toolResult':{'toolUseId':'ID','content':[{'text':''}]}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'role':'user','content':[{'text':'hi'}]}",
        "U,{'role':'assistant','content':[{'text':'so'}]}",
        "U,A,{'role':'user','content':[{'toolResult':{'toolUseId':'u1','content':[{'json':{}}]}}]}",
        "U,{'role':'assistant','content':[{'reasoningContent':{'reasoningText':{'text':'hm','signature':'s'}}},{'text':'a'}]},U",
        "{'role':'user','content':[{'text':'a'},{'cachePoint':{'type':'default'}}]}",
        "{'role':'user','content':[{'text':'a'},{'document':{'name':'My file (1)','format':'pdf','source':{'bytes':'aGk='}}}]}",
        "{'role':'user','content':[{'image':{'format':'png','source':{'s3Location':{'uri':'s3://docs/a.png'}}}}]}",
      })
  void goodConversationsPass(String messages) {
    assertThatCode(() -> check(messages, TOOLS)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'role':'assistant','content':[{'text':'a'}]}|A conversation must start with a user message.",
        "U,U|A conversation must alternate between user and assistant roles.",
        "{'role':'user','content':[]}|The content field in the Message object at messages.0 is empty.",
        "{'role':'user','content':[{'text':' '}]}|The text field in the ContentBlock object at messages.0.content.0 is blank. Add text to the text field, and try again.",
        "{'role':'user','content':[{}]}|The ContentBlock object at messages.0.content.0 must set one of the following keys: text,",
        "{'role':'user','content':[{'toolUse':{'toolUseId':'a','name':'NAME','input':{}}}]}|User messages cannot contain tool uses.",
        "U,{'role':'assistant','content':[{'toolUse':{'toolUseId':'a','name':'NAME','input':'x'}}]}|The format of the value at messages.1.content.0.toolUse.input is invalid. Provide a json object",
        "U,{'role':'assistant','content':[{'image':{'format':'png','source':{'bytes':'aGk='}}}]}|Assistant messages cannot contain images.",
        "U,A,U|Expected toolResult blocks at messages.2.content for the following Ids: u1",
        "U,A|Expected toolResult blocks at messages.2.content for the following Ids: u1",
        "U,A,{'role':'user','content':[R1,R2]}|The number of toolResult blocks at messages.2.content exceeds the number of toolUse blocks of previous turn.",
        "U,A,{'role':'user','content':[R2]}|Expected toolResult blocks at messages.2.content for the following Ids: u1",
        "{'role':'user','content':[R1]}|The number of toolResult blocks at messages.0.content exceeds",
        "U,A,{'role':'user','content':[{'toolResult':{'toolUseId':'u1','content':[]}}]}|ToolResultBlock object at messages.2.content.0",
        "U,A,{'role':'user','content':[{'toolResult':{'toolUseId':'u1','content':[{'json':[1]}]}}]}|messages.2.content.0.toolResult.content.0.json is invalid",
        "{'role':'user','content':[{'document':{'name':'a','format':'pdf','source':{'bytes':'aGk='}}}]}|contains a document without text",
        "{'role':'user','content':[{'text':'a'},D,D]}|Messages can't contain duplicate document names.",
        "{'role':'user','content':[{'text':'a'},{'document':{'name':'a.pdf','format':'pdf','source':{'bytes':'aGk='}}}]}|The document file name can only contain alphanumeric characters",
        "{'role':'user','content':[{'text':'a'},{'document':{'name':'a  b','format':'pdf','source':{'bytes':'aGk='}}}]}|more than one consecutive whitespace character",
        "{'role':'user','content':[{'text':'a'},{'document':{'name':'a','format':'pdf'}}]}|The DocumentSource object at messages.0.content.1.document.source must set",
        "{'role':'user','content':[{'image':{'format':'png','source':{}}}]}|The ImageSource object at messages.0.content.0.image.source must set one of the following keys: bytes, s3Location.",
        "{'role':'user','content':[{'reasoningContent':{'reasoningText':{'text':'hm'}}}]}|User messages cannot contain reasoning content.",
      })
  void brokenOnesAreRefusedInTheWordsOfAws(String messages, String problem) {
    assertThatThrownBy(() -> check(messages, TOOLS))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        ",'toolConfig':{'tools':[T,T]}|contains the tool name 'NAME' more than once",
        ",'toolConfig':{'tools':[T],'toolChoice':{'tool':{'name':'other'}}}|The tool 'other' at toolConfig.toolChoice.tool.name is not in toolConfig.tools",
        ",'toolConfig':{'tools':[{'toolSpec':{'name':'a','inputSchema':{'json':{'type':'array'}}}}]}|toolConfig.tools.0.toolSpec.inputSchema.json.type must be one of the following: object.",
        ",'toolConfig':{'tools':[{'toolSpec':{'name':'a','inputSchema':{'json':'x'}}}]}|toolConfig.tools.0.toolSpec.inputSchema.json is invalid",
        ",'system':[{'text':''}]|The text field in the SystemContentBlock object at system.0 is blank.",
        ",'additionalModelRequestFields':[1]|additionalModelRequestFields is invalid",
        ",'additionalModelResponseFieldPaths':['/ok','no']|additionalModelResponseFieldPaths.1 is not a valid JSON Pointer",
        ",'additionalModelResponseFieldPaths':['/a~2']|additionalModelResponseFieldPaths.0 is not",
        ",'outputConfig':{'textFormat':{'type':'json_schema','structure':{'jsonSchema':{'schema':'{'}}}}|outputConfig.textFormat.structure.jsonSchema.schema is invalid",
      })
  void furtherFieldsAreChecked(String more, String problem) {
    assertThatThrownBy(() -> check("U", more))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void toolBlocksNeedTools() {
    assertThatThrownBy(() -> check("U,A,{'role':'user','content':[R1]}", ""))
        .isInstanceOf(ValidationException.class)
        .hasMessage(
            "The toolConfig field must be defined when using toolUse and toolResult content"
                + " blocks.");
  }

  @Test
  void thereAreLimits() {
    refused(
        many(6, "{'document':{'name':'n#','format':'txt','source':{'text':'a'}}}"), "5 documents");
    refused(many(21, "{'image':{'format':'png','source':{'bytes':'aGk='}}}"), "20 images");
    refused(many(5, "{'cachePoint':{'type':'default'}}"), "4 cache points");
    refused(
        "{'text':'a'},{'document':{'name':'n','format':'txt','source':{'text':'"
            + "a".repeat(Limits.DOCUMENT + 1)
            + "'}}}",
        "messages.0.content.1.document.source has more than the 4718592 bytes");
  }

  @Test
  void guardrailsAreNotImplemented() {
    assertThatThrownBy(
            () -> check("{'role':'user','content':[{'guardContent':{'text':{'text':'a'}}}]}", ""))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("not implemented");
  }

  private static String many(int count, String block) {
    return "{'text':'a'},"
        + IntStream.range(0, count)
            .mapToObj(i -> block.replace("#", "" + i))
            .collect(Collectors.joining(","));
  }

  private static void refused(String blocks, String problem) {
    assertThatThrownBy(() -> check("{'role':'user','content':[" + blocks + "]}", ""))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining(problem);
  }

  private static void check(String messages, String more) {
    String json =
        ("{'messages':[" + messages + "]" + more + "}")
            .replaceAll("\\bU\\b", "{'role':'user','content':[{'text':'q'}]}")
            .replaceAll("\\bA\\b", USE)
            .replaceAll("\\bT\\b", TOOL)
            .replaceAll("\\bD\\b", "{'document':{'name':'n','format':'txt','source':{'text':'a'}}}")
            .replaceAll("\\bR1\\b", RESULT.replace("ID", "u1"))
            .replaceAll("\\bR2\\b", RESULT.replace("ID", "u2"))
            .replace('\'', '"')
            .replace("can\"t", "can't");
    Conversation.check(
        SdkJson.read(json.getBytes(StandardCharsets.UTF_8), ConverseStreamRequest::builder));
  }
}
