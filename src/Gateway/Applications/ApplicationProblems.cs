using Integration.Contracts.Problems;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Applications;

/// <summary>What this flow refuses with; what the rules of an application refuse stands with the rule.</summary>
internal static class ApplicationProblems
{
    /// <summary>Unknown, or another caller's.</summary>
    public static Refusal NotFound { get; } = Refusal.NotFound("This application");

    /// <summary>The caller of a timer's application was removed since.</summary>
    public static Refusal CallerIsGone { get; } =
        Refusal.NotGranted("Rule client: the client does not exist any more.");

    /// <summary>A text that goes on record as it is names a person.</summary>
    public static Refusal ReferenceInvalid(string code, string message) =>
        Refusal.RequestInvalid([new FieldFault("/reference", code, message)]);
}
