using Integration.Gateway.Events.CatchUp;
using Integration.Gateway.Events.Intake;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Events.Storage;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Events.Processing;

/// <summary>Finds out whether it is an event's turn, and has one wait that came too early.</summary>
internal sealed partial class EventGaps(
    EventQueue queue,
    IDbContextFactory<GatewayDb> factory,
    IOptions<EventOptions> options,
    TimeProvider time,
    ILogger<EventGaps> logger
)
{
    public async Task<(StreamRow? Stream, StreamStep Step)> Judge(EventRow row)
    {
        var (stream, position) = await queue.Position(row, CancellationToken.None);
        var patience = TimeSpan.FromMinutes(options.Value.Processing.PatienceMinutes);
        return (stream, StreamRules.Judge(position, row, time.GetUtcNow(), patience));
    }

    /// <summary>Marks the event as waiting.</summary>
    public async Task<TurnEnd> Wait(EventTurn turn, StreamStep.Wait wait)
    {
        if (turn.Row.State != Contracts.V1.Events.EventState.WaitingForEarlier)
        {
            await using var db = await factory.CreateDbContextAsync();
            var now = time.GetUtcNow();
            turn.Waits(db, wait, now);
            if (turn.Row.Type != EventTypes.Transferred) // sources are asked by enterprise
            {
                DurableTimer.Schedule(db, CatchUpTimer.TimerKind, turn.Row.StreamId, now);
            }

            await db.SaveChangesAsync();
            EventTelemetry.Gaps.Add(1);
            Log.Waits(logger, turn.Row.ReceiptId, wait.Missing.ToString(), wait.Until);
        }

        return new TurnEnd.Rests(wait.Until);
    }

    private static partial class Log
    {
        [LoggerMessage(2220, LogLevel.Warning, "Event {ReceiptId} waits for {Missing} of its stream until {Until}.")]
        public static partial void Waits(ILogger logger, string receiptId, string missing, DateTimeOffset until);
    }
}
