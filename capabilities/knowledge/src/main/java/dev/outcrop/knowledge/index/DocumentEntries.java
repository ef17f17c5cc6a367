package dev.outcrop.knowledge.index;

import dev.outcrop.knowledge.chunking.Chunk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TermQuery;

/** Reads a document's chunks back out of the index, as they were put in. */
record DocumentEntries(IndexSearcher searcher, String page) {

  List<Entry> of(DocumentKey key) throws IOException {
    // Chunks of a document are put in together and stay in order.
    Query query = new TermQuery(new Term(Fields.KEY, Fields.key(key)));
    ScoreDoc[] found =
        searcher.search(query, Math.max(1, searcher.count(query)), Sort.INDEXORDER).scoreDocs;
    StoredFields stored = searcher.storedFields();
    List<Entry> entries = new ArrayList<>(found.length);
    for (ScoreDoc hit : found) {
      entries.add(entry(Fields.hit(stored.document(hit.doc), 0), vector(hit.doc)));
    }
    return entries;
  }

  private Entry entry(Hit hit, float[] vector) {
    int number = hit.attributes().get(page) instanceof Attribute.Number n ? (int) n.value() : 0;
    Chunk chunk =
        new Chunk(
            hit.text(),
            hit.start(),
            hit.start() + hit.text().length(),
            number,
            hit.headings(),
            hit.sentences());
    return new Entry(hit.id(), chunk, vector, hit.attributes());
  }

  private float[] vector(int document) throws IOException {
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
    FloatVectorValues values = leaf.reader().getFloatVectorValues(Fields.VECTOR);
    KnnVectorValues.DocIndexIterator place = values.iterator();
    if (place.advance(document - leaf.docBase) != document - leaf.docBase) {
      throw new IllegalStateException("a chunk has no vector");
    }
    return values.vectorValue(place.index()).clone();
  }
}
