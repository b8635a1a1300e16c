namespace Integration.Sandbox.Agencies.Providers;

/// <summary>A leg as a provider holds it. No value of the form is kept: no answer shows one.</summary>
internal sealed record HeldLeg
{
    /// <summary>The sender's number of the order.</summary>
    public required string Key { get; init; }

    public required string LegId { get; init; }

    /// <summary>Digest of what was handed in: the same key with another digest is a contradiction.</summary>
    public required string Digest { get; init; }

    /// <summary>The provider's own number; empty for an order that was taken back before it came.</summary>
    public string Reference { get; init; } = string.Empty;

    /// <summary>Which fields of the form were filled, in the form's words.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Names of the proofs.</summary>
    public IReadOnlyList<string> Proofs { get; init; } = [];

    /// <summary>Names of the papers.</summary>
    public IReadOnlyList<string> Papers { get; init; } = [];

    /// <summary>How many attachments are to come one by one; 0 where the order carries everything.</summary>
    public int Announced { get; init; }

    /// <summary>What earlier sendings attached has to be taken away first.</summary>
    public bool AwaitsClearing { get; init; }

    public bool IsWithdrawn { get; init; }

    /// <summary>In the order in which they happened.</summary>
    public IReadOnlyList<HeldStatus> Statuses { get; init; } = [];

    public int Attached => Proofs.Count + Papers.Count;

    public bool IsComplete => !AwaitsClearing && Attached >= Announced;
}

/// <summary>A status as a provider gives it.</summary>
/// <param name="Id">The provider's number of it.</param>
/// <param name="Code">Its own code.</param>
internal sealed record HeldStatus(string Id, string Code, DateTimeOffset At)
{
    public string? Detail { get; init; }

    /// <summary><c>applicant</c>, <c>provider</c> or <c>authority</c>.</summary>
    public string? Who { get; init; }

    /// <summary>In the form's words; each provider translates those that it has a word for.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    public IReadOnlyList<HeldFee> Fees { get; init; } = [];
}

internal sealed record HeldFee(string Name, decimal Amount);
