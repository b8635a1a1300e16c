using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;
using Integration.Contracts.Identifiers.Folding;
using Integration.Contracts.V1.Verifications;

namespace Integration.Gateway.Verifications.Comparing;

/// <summary>What one agency's record says about a claim.</summary>
/// <param name="Outcome">Match, mismatch or stale.</param>
/// <param name="Mismatches">The fields that differ, in the order of the record.</param>
/// <param name="Facts">What else a decision may rest on.</param>
internal sealed record Finding(CheckOutcome Outcome, IReadOnlyList<string> Mismatches, CheckFacts Facts)
{
    public static Finding Stale(CheckFacts facts) => new(CheckOutcome.Stale, [], facts);

    /// <summary>The record is not the current one any more, which counts unless something differs.</summary>
    public Finding StaleUnlessDiffering() => Mismatches.Count == 0 ? Stale(Facts) : this;

    public static Finding From(CheckFacts facts, params IReadOnlyList<FieldComparison> compared)
    {
        var mismatches = FieldsOf(compared, CodeComparison.Other);
        return new(mismatches.Count == 0 ? CheckOutcome.Match : CheckOutcome.Mismatch, mismatches, facts)
        {
            NotComparable = FieldsOf(compared, CodeComparison.NotComparable),
            Folded =
            [
                .. compared
                    .Where(field => field.Folded != FoldingRules.None)
                    .Select(field => $"{field.Field}={string.Join('+', CharacterFolding.Names(field.Folded))}"),
            ],
        };
    }

    /// <summary>The fields that could not be held against each other: they decided nothing, the other fields did.</summary>
    public IReadOnlyList<string> NotComparable { get; init; } = [];

    /// <summary>Fields whose characters were folded, with the tables used.</summary>
    public IReadOnlyList<string> Folded { get; init; } = [];

    /// <summary>A status word of the register that the policy does not know, where it can be shown.</summary>
    public string? UnknownStatus { get; init; }

    /// <summary>The title that was found, by its numbers in force; null: none was, or the claim is about another holder.</summary>
    public TitleReference? Title { get; init; }

    /// <summary>
    /// The rule of every comparison: whom the record is about comes first. A claim that is about another subject is told which of its
    /// own fields are wrong, and nothing else that the record holds.
    /// </summary>
    /// <param name="subject">The fields that say who the subject is, those that differ named.</param>
    /// <param name="record">What the record says beyond that, for its own subject only.</param>
    public static Finding About(IReadOnlyList<FieldComparison> subject, Finding record)
    {
        var own = From(record.Facts.Withheld(), subject);
        if (own.Mismatches.Count == 0 && subject.All(field => field.Result == CodeComparison.NotComparable))
        {
            return own with { Outcome = CheckOutcome.Ambiguous }; // a person has to look whose record it is; until then nothing of it is told
        }

        return own.Mismatches.Count > 0
            ? own
            : record with
            {
                NotComparable = [.. own.NotComparable, .. record.NotComparable],
                Folded = [.. own.Folded, .. record.Folded],
            };
    }

    private static List<string> FieldsOf(IEnumerable<FieldComparison> compared, CodeComparison result) =>
        [.. compared.Where(field => field.Result == result).Select(field => field.Field)];

    /// <summary>Whether two records say the same about the claim.</summary>
    public bool AgreesWith(Finding other) =>
        Outcome == other.Outcome && Mismatches.SequenceEqual(other.Mismatches, StringComparer.Ordinal);
}

/// <summary>Facts that are no person's secret and that decisions rest on. A null is what the source does not say.</summary>
internal sealed record CheckFacts
{
    public static CheckFacts None { get; } = new();

    public bool? TitleIsSeized { get; init; }

    public EnterpriseSize? EnterpriseSize { get; init; }

    /// <summary>The source knows whether the title is seized, and the claim is about another holder, whom it does not concern.</summary>
    public bool SeizureIsWithheld { get; init; }

    /// <summary>What is left of the facts for a claim about another subject: that the source has spoken, not what it said.</summary>
    public CheckFacts Withheld() => new() { SeizureIsWithheld = TitleIsSeized is not null };
}

/// <summary>Names of the fields that can differ.</summary>
internal static class Fields
{
    public const string Name = "name";
    public const string CreditCode = "uscc";
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
