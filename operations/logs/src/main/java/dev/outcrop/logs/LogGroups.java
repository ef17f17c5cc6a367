package dev.outcrop.logs;

import dev.outcrop.storage.StorageException;
import dev.outcrop.storage.Tags;
import dev.outcrop.wire.RequestContext;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteRetentionPolicyResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.TooManyTagsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ValidationException;

/** CloudWatch Logs' operations on log groups. */
public final class LogGroups {
  private static final int PAGE = 50;
  private static final Set<Integer> RETENTIONS =
      Set.of(
          1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
          2922, 3288, 3653);

  private final LogFile file;
  private final InstantSource clock;

  LogGroups(LogFile file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  public CreateLogGroupResponse createLogGroup(CreateLogGroupRequest request) {
    Errors.refuse(request.kmsKeyId() != null, "kmsKeyId", "logs are not encrypted by themselves");
    Errors.refuse(
        request.logGroupClass() != null && !"STANDARD".equals(request.logGroupClassAsString()),
        "logGroupClass " + request.logGroupClassAsString(),
        "there is STANDARD alone");
    String arn = RequestContext.current().arn("logs", "log-group:" + request.logGroupName());
    file.database()
        .write(
            sql -> {
              insert(sql, request);
              tag(new Tags(file.database()), arn, request.tags());
              return null;
            });
    return CreateLogGroupResponse.builder().build();
  }

  private void insert(DSLContext sql, CreateLogGroupRequest request) {
    RequestContext context = RequestContext.current();
    int added =
        sql.execute(
            "INSERT INTO log_group (account, region, name, created, retention, guarded, stored)"
                + " VALUES (?, ?, ?, ?, 0, ?, 0) ON CONFLICT DO NOTHING",
            context.account(),
            context.region(),
            request.logGroupName(),
            clock.millis(),
            Boolean.TRUE.equals(request.deletionProtectionEnabled()) ? 1 : 0);
    if (added == 0) {
      throw Errors.exists("log group");
    }
  }

  static void tag(Tags tags, String arn, Map<String, String> added) {
    try {
      tags.tag(arn, added);
    } catch (StorageException.TooManyTags e) {
      throw TooManyTagsException.builder().message(e.getMessage()).resourceName(arn).build();
    } catch (StorageException.InvalidTag e) {
      throw Errors.invalid(e.getMessage());
    }
  }

  /** Deletes the group with all that is in it. */
  public DeleteLogGroupResponse deleteLogGroup(DeleteLogGroupRequest request) {
    file.database()
        .write(
            sql -> {
              GroupRow group = GroupRow.get(sql, request.logGroupName());
              if (group.guarded()) {
                throw ValidationException.builder()
                    .message("The log group is protected from being deleted.")
                    .build();
              }
              sql.execute("DELETE FROM log_event WHERE log_group = ?", group.id());
              sql.execute("DELETE FROM log_stream WHERE log_group = ?", group.id());
              sql.execute("DELETE FROM log_group WHERE id = ?", group.id());
              new Tags(file.database()).deleteAll(group.arn());
              return null;
            });
    return DeleteLogGroupResponse.builder().build();
  }

  public PutRetentionPolicyResponse putRetentionPolicy(PutRetentionPolicyRequest request) {
    if (!RETENTIONS.contains(request.retentionInDays())) {
      throw Errors.invalid(
          "retentionInDays must be one of " + RETENTIONS.stream().sorted().toList());
    }
    retain(request.logGroupName(), request.retentionInDays());
    return PutRetentionPolicyResponse.builder().build();
  }

  public DeleteRetentionPolicyResponse deleteRetentionPolicy(DeleteRetentionPolicyRequest request) {
    retain(request.logGroupName(), 0);
    return DeleteRetentionPolicyResponse.builder().build();
  }

  private void retain(String name, int days) {
    file.database()
        .write(
            sql ->
                sql.execute(
                    "UPDATE log_group SET retention = ? WHERE id = ?",
                    days,
                    GroupRow.get(sql, name).id()));
  }

  /** Groups by name. */
  public DescribeLogGroupsResponse describeLogGroups(DescribeLogGroupsRequest request) {
    Errors.refuse(
        Boolean.TRUE.equals(request.includeLinkedAccounts())
            || !request.accountIdentifiers().isEmpty(),
        "includeLinkedAccounts",
        "accounts are not linked");
    if (request.logGroupNamePrefix() != null && request.logGroupNamePattern() != null) {
      throw Errors.invalid(
          "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
    }
    int size = request.limit() == null ? PAGE : request.limit();
    RequestContext context = RequestContext.current();
    String purpose =
        String.join(
            "\n",
            "DescribeLogGroups",
            context.account(),
            context.region(),
            request.toBuilder().nextToken(null).limit(null).build().toString());
    String after =
        request.nextToken() == null ? "" : file.unseal(purpose, request.nextToken()).getFirst();
    List<GroupRow> rows = file.database().read(sql -> rows(sql, request, after, size + 1));
    List<GroupRow> page = rows.subList(0, Math.min(size, rows.size()));
    return DescribeLogGroupsResponse.builder()
        .logGroups(page.stream().map(LogGroups::described).toList())
        .nextToken(rows.size() > size ? file.seal(purpose, List.of(page.getLast().name())) : null)
        .build();
  }

  private static List<GroupRow> rows(
      DSLContext sql, DescribeLogGroupsRequest request, String after, int most) {
    RequestContext context = RequestContext.current();
    String prefix = request.logGroupNamePrefix() == null ? "" : request.logGroupNamePrefix();
    String part = request.logGroupNamePattern() == null ? "" : request.logGroupNamePattern();
    List<String> names = request.logGroupIdentifiers().stream().map(GroupRow::named).toList();
    if (request.logGroupClass() != null && !request.logGroupClassAsString().equals("STANDARD")) {
      return List.of();
    }
    List<GroupRow> found = new ArrayList<>();
    try (var rows =
        sql.fetchLazy(
            "SELECT "
                + GroupRow.COLUMNS
                + " FROM log_group WHERE account = ? AND region = ? AND name > ?"
                + " AND substr(name, 1, ?) = ? AND instr(name, ?) > 0 ORDER BY name",
            context.account(),
            context.region(),
            after,
            prefix.length(),
            prefix,
            part)) {
      while (found.size() < most && rows.hasNext()) {
        GroupRow row = GroupRow.of(rows.fetchNext());
        if (names.isEmpty() || names.contains(row.name())) {
          found.add(row);
        }
      }
    }
    return found;
  }

  private static LogGroup described(GroupRow row) {
    return LogGroup.builder()
        .logGroupName(row.name())
        .arn(row.arn() + ":*")
        .logGroupArn(row.arn())
        .creationTime(row.created())
        .retentionInDays(row.retention() == 0 ? null : row.retention())
        .metricFilterCount(0)
        .storedBytes(row.stored())
        .logGroupClass("STANDARD")
        .deletionProtectionEnabled(row.guarded())
        .build();
  }
}
