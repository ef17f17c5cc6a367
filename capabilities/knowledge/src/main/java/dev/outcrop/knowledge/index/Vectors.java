package dev.outcrop.knowledge.index;

import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;

/**
 * How vectors lie in the index. A graph is made only of segments so large that walking it for as
 * many candidates as a search takes looks at fewer vectors than there are, which begins at some
 * 9,000; smaller ones are compared with the question one by one. That is exact, no slower, and
 * indexing need not build the same small graphs again with every merge.
 */
final class Vectors {
  /** Only for writing: segments name the format that reads them. */
  static final Codec CODEC =
      new Lucene104Codec() {
        private final KnnVectorsFormat format =
            new Lucene99HnswVectorsFormat(
                Lucene99HnswVectorsFormat.DEFAULT_MAX_CONN,
                Lucene99HnswVectorsFormat.DEFAULT_BEAM_WIDTH,
                Lucene99HnswVectorsFormat.DEFAULT_NUM_MERGE_WORKER,
                null,
                Candidates.DEPTH);

        @Override
        public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
          return format;
        }
      };

  private Vectors() {}
}
