using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Callers;
using Integration.Gateway.Grants;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.JointApplications.Dispatch;

/// <summary>
/// The legs that the calling client of a utility may see and move: those of its own utility and of the purposes that its own grants name today.
/// Only <see cref="Check"/> makes one, of the caller itself, so work list and statuses cannot be asked about under another client's grants.
/// </summary>
internal sealed class OwnLegs
{
    private static readonly string[] s_purposes = [Grants.Purposes.JointNew, Grants.Purposes.JointTransfer];

    private readonly Dictionary<string, Allowance> _byPurpose;

    private OwnLegs(Caller client, Utility utility, Dictionary<string, Allowance> byPurpose) =>
        (Client, Utility, _byPurpose) = (client, utility, byPurpose);

    /// <summary>The caller.</summary>
    public Caller Client { get; }

    public Utility Utility { get; }

    /// <summary>The purposes of which it may have legs; never empty.</summary>
    public IReadOnlyCollection<string> Purposes => _byPurpose.Keys;

    /// <summary>Refused: the utility, or the leg by its number, is not the caller's own.</summary>
    public static Refusal NotOwn { get; } = Refusal.NotGranted("Rule utility: it is not your own.");

    /// <summary>What the caller may do.</summary>
    /// <param name="caller">The authenticated caller, with the snapshot that its request is judged by.</param>
    /// <param name="utility">The utility that its request names.</param>
    /// <param name="now">The moment of the request.</param>
    /// <returns>Its legs; 403 <c>not-granted</c>: the utility is not its own, or no valid grant of its own names legs.</returns>
    public static Result<OwnLegs> Check(CallerContext caller, string utility, DateTimeOffset now)
    {
        if (caller.Caller.Utility != utility || JsonNames.Find<Utility>(utility) is not { } known)
        {
            return NotOwn;
        }

        var byPurpose = new Dictionary<string, Allowance>(StringComparer.Ordinal);
        foreach (var purpose in s_purposes)
        {
            if (Allowance.For(caller.Callers, caller.Caller, purpose, now) is { } allowance)
            {
                byPurpose.Add(purpose, allowance);
            }
        }

        return byPurpose.Count > 0
            ? new OwnLegs(caller.Caller, known, byPurpose)
            : Refusal.NotGranted($"Rule service: {ServiceFields.Legs}: no grant of yours is valid today.");
    }

    /// <summary>Whether a leg is of the caller's utility.</summary>
    public bool IsOwn(LegId legId) => legId.Utility == Utility;

    /// <summary>What the caller may have of legs of a purpose; null: for it there is no such leg.</summary>
    public Allowance? For(string purpose) => _byPurpose.GetValueOrDefault(purpose);
}
