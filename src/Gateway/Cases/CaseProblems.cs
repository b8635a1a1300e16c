using Integration.Contracts.Problems;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Cases;

/// <summary>What this flow refuses with; what the rules of a case refuse stands with the rule.</summary>
internal static class CaseProblems
{
    /// <summary>Unknown, or the caller may see none of this number.</summary>
    public static Refusal NotFound { get; } = Refusal.NotFound("This case");

    /// <summary>A number that several callers use.</summary>
    public static Refusal Ambiguous { get; } =
        Refusal.RequestInvalid([
            new FieldFault(
                "query:caller",
                "ambiguous",
                "Several callers use this case number; name the one that is meant."
            ),
        ]);

    /// <summary>The owner holds no grant today for what the case is about.</summary>
    public static Refusal NoGrantToday(string purpose) =>
        Refusal.NotGranted($"Rule validity: {ServiceFields.Cases} for {purpose}: no grant is valid today.");
}
