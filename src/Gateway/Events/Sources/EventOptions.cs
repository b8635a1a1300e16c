namespace Integration.Gateway.Events.Sources;

/// <summary>The systems that send events, and how events are handled. Section <c>Gateway:Events</c>.</summary>
internal sealed record EventOptions
{
    public const string Section = "Gateway:Events";

    /// <summary>Default none: no system can send events.</summary>
    public IReadOnlyList<EventSourceOptions> Sources { get; init; } = [];

    /// <summary>How far the time of an event may lie in the future, minutes. 0 to 60, default 5.</summary>
    public int ClockSkewMinutes { get; init; } = 5;

    /// <summary>How old an event may be when it comes for the first time, days. 1 to 3650, default 90.</summary>
    public int OldestDays { get; init; } = 90;

    /// <summary>Most elements of a batch. 1 to 1000, default 100.</summary>
    public int LargestBatch { get; init; } = 100;

    /// <summary>How received events are worked on.</summary>
    public ProcessingOptions Processing { get; init; } = new();
}

/// <summary>One sending system.</summary>
internal sealed record EventSourceOptions
{
    /// <summary>The CloudEvents <c>source</c>; 1 to 128 characters, unique.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>Clients that may deliver its events.</summary>
    public IReadOnlyList<string> Clients { get; init; } = [];

    /// <summary>References to the certificates that sign for it (PEM); two while one replaces the other.</summary>
    public IReadOnlyList<string> Certificates { get; init; } = [];

    /// <summary>References to the pinned roots (PEM).</summary>
    public IReadOnlyList<string> Roots { get; init; } = [];

    /// <summary>Reference to the issuer's revocation list; null: the issuer has none, which operators state by leaving it out.</summary>
    public string? RevocationList { get; init; }

    /// <summary>Whether its signatures must name their certificate (signing-certificate-v2). Default false.</summary>
    public bool NeedsSigningCertificate { get; init; }

    /// <summary>The client under whose grants applications are opened, and whose cases they become.</summary>
    public string Office { get; init; } = string.Empty;

    /// <summary>Origins that may ask for permission to deliver (CloudEvents web-hook validation); empty: none.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>The agency whose catch-up endpoint gives missing events; null: it has none.</summary>
    public string? CatchUp { get; init; }
}
