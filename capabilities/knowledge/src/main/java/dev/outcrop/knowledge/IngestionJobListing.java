package dev.outcrop.knowledge;

import dev.outcrop.storage.Listing;
import dev.outcrop.storage.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.bedrockagent.model.*;

/** ListIngestionJobs: filtered by status, newest first unless asked otherwise. */
final class IngestionJobListing {
  private static final int DEFAULT_SIZE = 100;
  private static final int MOST_SORTED = 10_000;

  private final KnowledgeStore store;
  private final ListIngestionJobsRequest request;
  private final String parent;

  IngestionJobListing(KnowledgeStore store, ListIngestionJobsRequest request) {
    this.store = store;
    this.request = request;
    this.parent = KnowledgeStore.parent(request.knowledgeBaseId(), request.dataSourceId());
  }

  ListIngestionJobsResponse page() {
    Listing<IngestionJob> listing = Listing.of(parent);
    for (IngestionJobFilter filter : request.filters()) {
      listing =
          listing.where(
              "STATUS=" + filter.values(), job -> filter.values().contains(job.statusAsString()));
    }
    IngestionJobSortBy sort = request.sortBy();
    boolean ascending = sort != null && sort.order() == SortOrder.ASCENDING;
    Page<IngestionJob> page =
        sort != null && sort.attribute() == IngestionJobSortByAttribute.STATUS
            ? byStatus(listing, ascending)
            : store
                .jobs()
                .list(
                    ascending ? listing : listing.reversed(),
                    request.maxResults(),
                    request.nextToken());
    return ListIngestionJobsResponse.builder()
        .ingestionJobSummaries(page.items().stream().map(IngestionJobListing::summary).toList())
        .nextToken(page.nextToken())
        .build();
  }

  /** A job's status changes, so this order has no stable key: pages go by position. */
  private Page<IngestionJob> byStatus(Listing<IngestionJob> listing, boolean ascending) {
    List<IngestionJob> all = new ArrayList<>(store.jobs().list(listing, MOST_SORTED, null).items());
    Comparator<IngestionJob> order = Comparator.comparing(IngestionJob::statusAsString);
    all.sort(ascending ? order : order.reversed());
    String purpose = "ListIngestionJobs\n" + parent + "\n" + ascending + listing.filterText();
    int from =
        request.nextToken() == null
            ? 0
            : Integer.parseInt(store.tokens().open(purpose, request.nextToken()).getFirst());
    int size = request.maxResults() == null ? DEFAULT_SIZE : request.maxResults();
    int to = Math.min(all.size(), from + size);
    return new Page<>(
        all.subList(Math.min(from, to), to),
        to < all.size() ? store.tokens().seal(purpose, List.of(Integer.toString(to))) : null);
  }

  private static IngestionJobSummary summary(IngestionJob job) {
    return IngestionJobSummary.builder()
        .knowledgeBaseId(job.knowledgeBaseId())
        .dataSourceId(job.dataSourceId())
        .ingestionJobId(job.ingestionJobId())
        .description(job.description())
        .status(job.status())
        .startedAt(job.startedAt())
        .updatedAt(job.updatedAt())
        .statistics(job.statistics())
        .build();
  }
}
