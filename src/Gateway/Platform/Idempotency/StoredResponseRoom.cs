using System.Collections.Concurrent;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Platform.Idempotency;

/// <summary>
/// How many answers each caller has kept. The rows of a caller are counted along their key, never more than may be there, at
/// its first request and then every five minutes; between two counts a node adds what it keeps itself. So a caller may
/// exceed its number by what other nodes keep for it within five minutes.
/// </summary>
internal sealed class StoredResponseRoom(
    IDbContextFactory<GatewayDb> factory,
    IOptions<IdempotencyOptions> options,
    TimeProvider time
)
{
    private static readonly TimeSpan s_countHolds = TimeSpan.FromMinutes(5);

    /// <summary>Where there is no room, it is looked more often whether there is again.</summary>
    private static readonly TimeSpan s_fullHolds = TimeSpan.FromSeconds(30);

    private readonly int _most = options.Value.MostPerCaller;
    private readonly ConcurrentDictionary<string, Holding> _holdings = new(StringComparer.Ordinal);

    /// <summary>Takes room for one answer.</summary>
    /// <returns>False: the caller has as many as it may have.</returns>
    public async ValueTask<bool> TryTakeAsync(string callerId, CancellationToken cancellationToken)
    {
        var holding = _holdings.GetOrAdd(callerId, static _ => new Holding());
        if (IsOld(holding))
        {
            await CountAsync(callerId, holding, cancellationToken);
        }

        return holding.TryTake(_most);
    }

    /// <summary>Nothing was kept after all.</summary>
    public void GiveBack(string callerId) => _holdings[callerId].GiveBack();

    private bool IsOld(Holding holding) =>
        holding.CountedAt is not { } counted
        || time.GetElapsedTime(counted) >= (holding.Held < _most ? s_countHolds : s_fullHolds);

    private async Task CountAsync(string callerId, Holding holding, CancellationToken cancellationToken)
    {
        await holding.Counting.WaitAsync(cancellationToken);
        try
        {
            if (!IsOld(holding))
            {
                return;
            }

            await using var db = await factory.CreateDbContextAsync(cancellationToken);
            var held = await db.Set<IdempotencyRow>()
                .Where(row => row.CallerId == callerId && row.Body != null) // the bare key of an effect is no answer
                .Take(_most)
                .CountAsync(cancellationToken);
            holding.Counted(held, time.GetTimestamp());
        }
        finally
        {
            holding.Counting.Release();
        }
    }

    private sealed class Holding
    {
        private readonly Lock _lock = new();

        /// <summary>One count at a time.</summary>
        public SemaphoreSlim Counting { get; } = new(1);

        public int Held { get; private set; }

        /// <summary>Time stamp of the last count; null: never.</summary>
        public long? CountedAt { get; private set; }

        public bool TryTake(int most)
        {
            lock (_lock)
            {
                return Held < most && Held++ < most;
            }
        }

        public void GiveBack()
        {
            lock (_lock)
            {
                Held--;
            }
        }

        public void Counted(int held, long at)
        {
            lock (_lock)
            {
                (Held, CountedAt) = (held, at);
            }
        }
    }
}
