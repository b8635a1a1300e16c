namespace Integration.Sandbox.Control;

/// <summary>The faults that can be switched on; <c>docs/spec/sandbox.md</c> says what each does.</summary>
internal enum FaultKind
{
    None,
    Delay,
    Hang,
    Http500,
    Malformed,
    Refuse,
    ExpireSecret,
    WrongSignature,
    DuplicateStatus,
    OutOfOrder,
    Reset,
    AnswerLost,
}

/// <summary>A fault as it hits one call.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Delay">How long <see cref="FaultKind.Delay"/> waits.</param>
/// <param name="Silence">How long <see cref="FaultKind.Hang"/> and <see cref="FaultKind.AnswerLost"/> say nothing.</param>
/// <param name="Cleared">Ends when the fault is cleared or replaced, and the silence with it.</param>
internal sealed record Fault(FaultKind Kind, TimeSpan Delay, TimeSpan Silence, CancellationToken Cleared);

internal static class FaultNames
{
    public static readonly IReadOnlyList<string> Agencies =
    [
        "exchange-platform",
        "population-registry",
        "business-licence",
        "real-estate",
        "licence-library",
        "grid-resource",
        "project-approval",
        "electricity",
        "municipal",
        "water",
        "gas",
        "network",
        "television",
        "timestamp-authority",
    ];

    public static readonly IReadOnlyList<string> Faults = [.. Enum.GetValues<FaultKind>().Select(For)];

    public static string For(FaultKind kind)
    {
        var name = kind.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
