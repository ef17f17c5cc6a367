package dev.outcrop.knowledge;

import dev.outcrop.knowledge.answering.AnswerSink;
import dev.outcrop.wire.EventSink;
import java.util.List;
import software.amazon.awssdk.services.bedrockagentruntime.model.RetrieveAndGenerateStreamResponseOutput;

/** An answer sent as events; citations come behind the text they are about. */
record StreamedAnswer(EventSink<RetrieveAndGenerateStreamResponseOutput> events)
    implements AnswerSink {

  @Override
  public void text(String text) {
    events.send(RetrieveAndGenerateStreamResponseOutput.outputBuilder().text(text).build());
  }

  @Override
  public void citation(int start, String part, List<Source> sources) {
    events.send(
        RetrieveAndGenerateStreamResponseOutput.citationBuilder()
            .generatedResponsePart(CollectedAnswer.part(start, part))
            .retrievedReferences(CollectedAnswer.references(sources))
            .build());
  }
}
