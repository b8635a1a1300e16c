using Integration.Adapters.Ports;
using Integration.Contracts.V1.Verifications;

namespace Integration.Gateway.Verifications.Comparing;

/// <summary>What one agency's record says about a claim.</summary>
/// <param name="Outcome">Match, mismatch or stale.</param>
/// <param name="Mismatches">The fields that differ, in the order of the record.</param>
/// <param name="Facts">What else a decision may rest on.</param>
internal sealed record Finding(CheckOutcome Outcome, IReadOnlyList<string> Mismatches, CheckFacts Facts)
{
    public static Finding Stale(CheckFacts facts) => new(CheckOutcome.Stale, [], facts);

    public static Finding Of(CheckFacts facts, params IEnumerable<string?> differing)
    {
        var mismatches = differing.OfType<string>().ToList();
        return new(mismatches.Count == 0 ? CheckOutcome.Match : CheckOutcome.Mismatch, mismatches, facts);
    }

    /// <summary>Whether two records say the same about the claim.</summary>
    public bool AgreesWith(Finding other) =>
        Outcome == other.Outcome && Mismatches.SequenceEqual(other.Mismatches, StringComparer.Ordinal);
}

/// <summary>Facts that are nobody's secret and that decisions rest on. A null is what the source does not say.</summary>
internal sealed record CheckFacts
{
    public static CheckFacts None { get; } = new();

    public bool? TitleIsSeized { get; init; }

    public EnterpriseSize? EnterpriseSize { get; init; }
}

/// <summary>Names of the fields that can differ.</summary>
internal static class Fields
{
    public const string Name = "name";
    public const string VitalStatus = "vitalStatus";
    public const string LegalRepresentative = "legalRepresentative";
    public const string Status = "status";
    public const string CertificateNumber = "certificateNumber";
    public const string UnitNumber = "unitNumber";
    public const string HolderName = "holderName";
    public const string HolderCode = "holderCode";
    public const string Arrears = "arrears";
    public const string FormerName = "formerName";
}
