using Integration.Gateway.Platform.Database;

namespace Integration.Gateway.Platform.Timers;

/// <summary>A timer that a commit sets, moves or (<paramref name="DueAt"/> is null) cancels.</summary>
internal sealed record TimerWrite(string Kind, string Key, DateTimeOffset? DueAt) : IRowWrite
{
    public void WriteTo(GatewayDb db) => DurableTimer.Set(db, Kind, Key, DueAt);
}
