using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integration.Gateway.Platform.Health;

/// <summary>
/// How the gateway stands, as bytes: a request for <c>/health/ready</c> gets them, and nothing is asked or computed for it.
/// <see cref="ReadinessRefresh"/> brings a new state every second; the start and the stop of the process show at once.
/// </summary>
internal sealed class ReadinessState
{
    /// <summary>
    /// An older state is not told: the checks do not end, so nothing is known. Usual is at most 3 s: one between two rounds
    /// and two that a round may take.
    /// </summary>
    public static readonly TimeSpan LongestAge = TimeSpan.FromSeconds(5);

    private static readonly ReadinessAnswer s_tooOld = ReadinessAnswer.From([
        KeyValuePair.Create(
            ProcessCheck.Name,
            EntryOf(HealthCheckResult.Unhealthy("The checks have not ended for longer than 5 s: nothing is known."))
        ),
    ]);

    private readonly Lock _lock = new();
    private readonly IHostApplicationLifetime _life;
    private IEnumerable<KeyValuePair<string, HealthReportEntry>> _last = [];
    private Stand _stand;

    public ReadinessState(IHostApplicationLifetime life)
    {
        _life = life;
        _stand = Standing();
        life.ApplicationStarted.Register(Again);
        life.ApplicationStopping.Register(Again);
    }

    /// <summary>What is told now.</summary>
    public ReadinessAnswer Current
    {
        get
        {
            var stand = Volatile.Read(ref _stand);
            return stand.MayAge && Stopwatch.GetElapsedTime(stand.Since) > LongestAge ? s_tooOld : stand.Answer;
        }
    }

    /// <summary>How often the checks have ended.</summary>
    public int Rounds { get; private set; }

    /// <summary>Takes what the checks have found.</summary>
    public void Keep(HealthReport report)
    {
        lock (_lock)
        {
            Rounds++;
            _last = [.. report.Entries];
            Volatile.Write(ref _stand, Standing());
        }
    }

    /// <summary>The process starts or stops: what the checks found last still holds.</summary>
    private void Again()
    {
        lock (_lock)
        {
            Volatile.Write(ref _stand, Standing() with { Since = _stand.Since });
        }
    }

    private Stand Standing() =>
        new(
            ReadinessAnswer.From(
                _last
                    .Where(check => check.Key != ProcessCheck.Name)
                    .Append(KeyValuePair.Create(ProcessCheck.Name, EntryOf(ProcessCheck.Judge(_life))))
            ),
            Stopwatch.GetTimestamp(),
            // Starting and stopping have no end of their own; both are told as unready.
            _life.ApplicationStarted.IsCancellationRequested && !_life.ApplicationStopping.IsCancellationRequested
        );

    private static HealthReportEntry EntryOf(HealthCheckResult result) =>
        new(result.Status, result.Description, TimeSpan.Zero, result.Exception, result.Data);

    private sealed record Stand(ReadinessAnswer Answer, long Since, bool MayAge);
}
