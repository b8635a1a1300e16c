using System.Collections.Concurrent;
using Integration.Adapters.Ports;
using Integration.Gateway.Clocks;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Limits;

/// <summary>
/// A day's number over all nodes and restarts. A node reserves a block of it (1 % of the number, at least 1, at most 100) in
/// one statement and hands out of the block in memory: never more than the number; a crash loses a block at most. When the
/// database cannot take the reservation nothing is handed out.
/// </summary>
internal sealed partial class DailyQuotas(
    IDbContextFactory<GatewayDb> factory,
    TimeProvider time,
    ILogger<DailyQuotas> logger
) : IDailyQuotas
{
    private const int LargestBlock = 100;
    private const int DaysKept = 7;
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(1);

    /// <summary>One entry per agency and per client with a day's number.</summary>
    private readonly ConcurrentDictionary<string, DayBlock> _blocks = new(StringComparer.Ordinal);

    public async ValueTask<DailyTake> TakeAsync(string name, long perDay, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perDay);
        var block = _blocks.GetOrAdd(name, static _ => new DayBlock());
        if (block.Take(Today(), perDay) is { } known)
        {
            return known;
        }

        await block.Reserving.WaitAsync(cancellationToken);
        try
        {
            return block.Take(Today(), perDay) ?? await ReserveAsync(name, block, Today(), perDay);
        }
        finally
        {
            block.Reserving.Release();
        }
    }

    public long? Left(string name, long perDay) =>
        _blocks.TryGetValue(name, out var block) ? block.Left(Today(), perDay) : null;

    private DateOnly Today() => ChinaTime.Day(time.GetUtcNow());

    private async Task<DailyTake> ReserveAsync(string name, DayBlock block, DateOnly today, long perDay)
    {
        if (block.RestsUntil > time.GetUtcNow())
        {
            return DailyTake.CannotCount;
        }

        try
        {
            var size = Math.Clamp(perDay / 100, 1, LargestBlock);
            // Near the end of the number there is no room for a block, but there may be for one.
            if (
                await ReserveAsync(name, block, today, perDay, size)
                || (size > 1 && await ReserveAsync(name, block, today, perDay, 1))
            )
            {
                return DailyTake.Taken;
            }

            block.UsedUp(today, perDay);
            return DailyTake.UsedUp;
        }
        catch (Exception reason) when (CommitFailures.Classify(reason) == CommitFailure.Unavailable)
        {
            block.RestsUntil = time.GetUtcNow() + s_rest;
            Log.CannotCount(logger, name, reason.GetType().Name);
            return DailyTake.CannotCount;
        }
    }

    /// <summary>
    /// One statement, so that nodes cannot meet between reading and writing. It ends whether the request that came first
    /// still waits or not: others wait for it too.
    /// </summary>
    private async Task<bool> ReserveAsync(string name, DayBlock block, DateOnly today, long perDay, long size)
    {
        await using var db = await factory.CreateDbContextAsync(CancellationToken.None);
        if (!block.IsOf(today))
        {
            var oldest = today.AddDays(-DaysKept);
            await db.Set<DailyQuotaRow>().Where(row => row.Name == name && row.Day < oldest).ExecuteDeleteAsync();
        }

        var reserved = await db
            .Database.SqlQuery<long>(
                $"""
                INSERT INTO "DailyQuotas" ("Name", "Day", "Reserved") VALUES ({name}, {today}, {size})
                ON CONFLICT ("Name", "Day") DO UPDATE SET "Reserved" = "DailyQuotas"."Reserved" + {size}
                WHERE "DailyQuotas"."Reserved" + {size} <= {perDay}
                RETURNING "Reserved" AS "Value"
                """
            )
            .ToListAsync();
        if (reserved.Count == 0)
        {
            return false;
        }

        // The first is for the request that reserved: others who take meanwhile must not leave it empty-handed.
        block.Reserved(today, reserved[0] - size + 1, reserved[0]);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1710, LogLevel.Error, "The day's number of {Name} cannot be counted ({Reason}): refused.")]
        public static partial void CannotCount(ILogger logger, string name, string reason);
    }
}
