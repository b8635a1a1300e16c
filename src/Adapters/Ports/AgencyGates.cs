namespace Integration.Adapters.Ports;

/// <summary>
/// What an agency may be burdened with by all of us together: composed questions and forwarded requests pass the same gate.
/// </summary>
public interface IAgencyGates
{
    /// <summary>
    /// Waits for a place at the agency, or says why there is none: in maintenance, too many at once, too many a second,
    /// the day's number used up. Never lets through what it cannot count.
    /// </summary>
    /// <param name="agency">The agency's name.</param>
    /// <param name="caller">For whom, as a key: places are shared fairly between these.</param>
    /// <param name="priority">Live requests may wait for a place; batches take only spare places and never wait.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask<AgencyPlace> EnterAsync(
        string agency,
        string caller,
        CallPriority priority,
        CancellationToken cancellationToken
    );
}

/// <summary>A place at an agency, given back when disposed; or the reason why there is none.</summary>
public abstract class AgencyPlace : IDisposable
{
    /// <summary>Null when the place was given.</summary>
    public abstract AgencyFailure? Failure { get; }

    /// <summary>When to ask again, as far as that is known.</summary>
    public abstract TimeSpan? RetryAfter { get; }

    /// <summary>
    /// Counts one more sending under the same place, before it leaves: a retry, or the same request to another address.
    /// </summary>
    /// <returns>Null when it may leave; otherwise the agency's rate or day's number is used up.</returns>
    public abstract ValueTask<AgencyFailure?> CountAgainAsync(CancellationToken cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the place back.</summary>
    protected abstract void Dispose(bool disposing);
}

/// <summary>Who goes first when places are short.</summary>
public enum CallPriority
{
    /// <summary>A person is waiting at a counter or a screen.</summary>
    Live,

    /// <summary>No person is waiting.</summary>
    Batch,
}

/// <summary>Numbers a day that hold over restarts and nodes; the gateway keeps them.</summary>
public interface IDailyQuotas
{
    /// <summary>Takes one of the day's number (UTC+8).</summary>
    /// <param name="name">What is counted, e.g. <c>agency:population-registry</c>.</param>
    /// <param name="perDay">The number; at least 1.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask<DailyTake> TakeAsync(string name, long perDay, CancellationToken cancellationToken);

    /// <summary>How many no node has reserved yet today, as this node last saw it; null: it has reserved none today.</summary>
    long? Left(string name, long perDay);
}

/// <summary>What came of taking one of a day's number. Only the first lets a request through.</summary>
public enum DailyTake
{
    /// <summary>There was one.</summary>
    Taken,

    /// <summary>There is none left today.</summary>
    UsedUp,

    /// <summary>It cannot be counted now.</summary>
    CannotCount,
}

/// <summary>Which agencies operators have taken out of service; the gateway keeps it.</summary>
public interface IAgencyMaintenance
{
    /// <summary>The maintenance that is on now; null: none.</summary>
    AgencyMaintenance? Find(string agency);
}

/// <summary>An agency taken out of service.</summary>
/// <param name="Agency">The agency's name.</param>
/// <param name="Since">From when on.</param>
/// <param name="Until">When it is expected to end; null: not known.</param>
public sealed record AgencyMaintenance(string Agency, DateTimeOffset Since, DateTimeOffset? Until);

/// <summary>Finds out why an agency cannot be reached, step by step.</summary>
public interface IAgencyDiagnosis
{
    /// <summary>Looks at every address of an agency; null: no such agency. Takes at most 15 s.</summary>
    Task<IReadOnlyList<DiagnosisStep>?> RunAsync(string agency, CancellationToken cancellationToken);
}

/// <summary>One step of a diagnosis. Holds no secret and no personal data.</summary>
/// <param name="Step"><c>dns | tcp | tls | clock | secret</c>; the gateway adds <c>test-call</c>.</param>
/// <param name="Address">Host and port that it is about.</param>
/// <param name="State">What came of it.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Detail">What was found and, when it failed, whose side it is and what to do.</param>
public sealed record DiagnosisStep(string Step, string Address, DiagnosisState State, TimeSpan Elapsed, string Detail);

/// <summary>What came of a step.</summary>
public enum DiagnosisState
{
    /// <summary>As it should be.</summary>
    Passed,

    /// <summary>Not as it should be.</summary>
    Failed,

    /// <summary>Not tried, because an earlier step failed or it does not apply.</summary>
    Skipped,
}
