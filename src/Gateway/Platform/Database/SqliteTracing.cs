using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Integration.Gateway.Platform.Database;

/// <summary>A span per SQLite command: the verb and the time, never the text or a value. PostgreSQL has Npgsql's own.</summary>
internal sealed class SqliteTracing : DbCommandInterceptor
{
    public const string SourceName = "Integration.Database";

    private static readonly ActivitySource s_source = new(SourceName);

    public override DbDataReader ReaderExecuted(
        DbCommand command,
        CommandExecutedEventData eventData,
        DbDataReader result
    )
    {
        Record(command, eventData);
        return result;
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        DbDataReader result,
        CancellationToken cancellationToken = default
    )
    {
        Record(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        Record(command, eventData);
        return result;
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        Record(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) =>
        Record(command, eventData);

    public override Task CommandFailedAsync(
        DbCommand command,
        CommandErrorEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Record(command, eventData);
        return Task.CompletedTask;
    }

    private static void Record(DbCommand command, CommandEndEventData eventData)
    {
        var verb = command.CommandText.AsSpan(
            0,
            Math.Max(0, command.CommandText.IndexOf(' ', StringComparison.Ordinal))
        );
        using var span = s_source.HasListeners()
            ? s_source.StartActivity(
                $"sqlite {verb}",
                ActivityKind.Client,
                default(ActivityContext),
                startTime: eventData.StartTime
            )
            : null;
        if (span is null)
        {
            return;
        }

        span.SetTag("db.system.name", "sqlite").SetTag("db.operation.name", verb.ToString());
        span.SetEndTime(eventData.StartTime.UtcDateTime + eventData.Duration);
        if (eventData is CommandErrorEventData failed)
        {
            span.SetStatus(ActivityStatusCode.Error).SetTag("error.type", failed.Exception.GetType().Name);
        }
    }
}
