using System.ComponentModel.DataAnnotations;

namespace Integration.Gateway.Evidence;

/// <summary>How evidence is committed. Section <c>Gateway:Evidence</c>.</summary>
internal sealed record EvidenceOptions
{
    public const string Section = "Gateway:Evidence";

    /// <summary>
    /// Name of this node's hash chain; two running nodes must not share one. 1 to 64 of <c>a-z 0-9 . -</c>.
    /// Default: <c>local</c> on SQLite, the machine's name on PostgreSQL.
    /// </summary>
    [RegularExpression("^[a-z0-9.-]{1,64}$")]
    public string? Chain { get; init; }

    /// <summary>Requests that may wait for a commit; one more is refused. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int QueueLength { get; init; } = 10_000;

    /// <summary>Requests committed together at most. Default 256.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; init; } = 256;

    /// <summary>How long a request waits for its turn before it is refused, seconds. Default 10.</summary>
    [Range(1, 120)]
    public int PatienceSeconds { get; init; } = 10;
}
