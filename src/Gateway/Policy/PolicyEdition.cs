namespace Integration.Gateway.Policy;

/// <summary>
/// The rules of the business that change without a release: what a service needs, who is asked, what is due when. One
/// edition is in force from its first to its last day; a case keeps the edition of the day it was accepted. Every entry
/// says which law or plan it comes from.
/// </summary>
internal sealed record PolicyEdition
{
    /// <summary>Recorded with every decision, e.g. <c>gongan-2022.1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>First day, Asia/Shanghai.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>Last day; null when no successor is known.</summary>
    public DateOnly? ValidUntil { get; init; }

    public required string LegalReference { get; init; }

    /// <summary>Agencies that hold electronic licences, the second rung of the ladder.</summary>
    public required IReadOnlyList<string> ElectronicLicences { get; init; }

    public required IReadOnlyList<PurposePolicy> Purposes { get; init; }

    public required IReadOnlyList<CheckPolicy> Checks { get; init; }

    public required IReadOnlyList<ProofPolicy> Proofs { get; init; }

    public required IReadOnlyList<LimitPolicy> Limits { get; init; }

    public required ClockPolicy Clocks { get; init; }

    public required JointClockPolicy JointClocks { get; init; }

    public required IReadOnlyList<ServicePolicy> Services { get; init; }

    public required SupplyPolicy Supply { get; init; }

    public required SimpleConnectionPolicy SimpleConnection { get; init; }

    public required FeePolicy Fees { get; init; }

    public required RecheckPolicy Recheck { get; init; }

    public CheckPolicy Check(CheckKind kind) => Checks.First(check => check.Name == kind);

    public ProofPolicy Proof(string name) => Proofs.First(proof => proof.Name == name);

    public ServicePolicy? Service(string? name) => Services.FirstOrDefault(service => service.Name == name);

    public bool Knows(string? purpose) => Purposes.Any(known => known.Name == purpose);
}

/// <summary>What personal data may be asked for.</summary>
internal sealed record PurposePolicy(string Name, string Text, string LegalReference);

/// <summary>Who is asked for one kind of fact.</summary>
internal sealed record CheckPolicy
{
    public required CheckKind Name { get; init; }

    /// <summary>Agencies, the most trusted first.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    public AskMode Mode { get; init; } = AskMode.UntilKnown;

    /// <summary>The fields asked for or handed on; the caller's grant must name them all.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>An answer older than this is asked again before a decision is re-taken, hours.</summary>
    public required int FreshHours { get; init; }

    public required string LegalReference { get; init; }

    /// <summary>What the registers' words for an enterprise's status mean; null: no word is known.</summary>
    public StatusWords? StatusWords { get; init; }

    public TimeSpan Freshness => TimeSpan.FromHours(FreshHours);
}

/// <summary>The kinds of facts the gateway can check.</summary>
internal enum CheckKind
{
    /// <summary>Name and number of a person, and that the person is alive.</summary>
    Identity,

    /// <summary>Code, name, legal representative and standing of an enterprise.</summary>
    BusinessLicence,

    /// <summary>Certificate, unit and holders of a property title.</summary>
    PropertyTitle,

    /// <summary>Holder and arrears of an electricity account.</summary>
    UtilityAccount,

    /// <summary>Present and former name of a person.</summary>
    Household,

    /// <summary>An investment project in force.</summary>
    ProjectApproval,
}

/// <summary>How several sources of one fact are used.</summary>
internal enum AskMode
{
    /// <summary>One after the other, until one knows the record.</summary>
    UntilKnown,

    /// <summary>All at once; if two that know the record disagree, neither is believed.</summary>
    All,
}

/// <summary>How long and how often unanswered checks are asked again.</summary>
internal sealed record RecheckPolicy
{
    /// <summary>Waiting times before the first, second, ... repetition, seconds, ascending.</summary>
    public required IReadOnlyList<int> AfterSeconds { get; init; }

    /// <summary>Waiting time after the list is used up, seconds.</summary>
    public required int ThenEverySeconds { get; init; }

    /// <summary>No repetition later than this many days after acceptance.</summary>
    public required int UntilDays { get; init; }

    public required string LegalReference { get; init; }

    /// <summary>When to ask again after so many repetitions, or null when the application is too old.</summary>
    public DateTimeOffset? Next(int repetitions, DateTimeOffset acceptedAt, DateTimeOffset now)
    {
        var wait = repetitions < AfterSeconds.Count ? AfterSeconds[repetitions] : ThenEverySeconds;
        var next = now.AddSeconds(wait);
        return next <= acceptedAt.AddDays(UntilDays) ? next : null;
    }
}
