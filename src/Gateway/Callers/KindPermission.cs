using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Callers;

/// <summary>That a caller is of the kind an operation is for; only <see cref="Check"/> makes one.</summary>
internal sealed record KindPermission : IPermission
{
    private static readonly KindPermission s_held = new();

    private KindPermission() { }

    public IReadOnlyCollection<string> Scope => [];

    /// <summary>403 <c>not-granted</c> for any other kind.</summary>
    public static Result<KindPermission> Check(CallerContext caller, CallerKind kind) =>
        caller.Caller.Kind == kind ? s_held : Refusal.NotGranted("Rule kind: this is not for your kind of client.");
}
