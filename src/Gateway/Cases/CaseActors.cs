using Integration.Gateway.Cases.Model;
using Integration.Gateway.Clocks;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Cases;

/// <summary>Makes the actor of a step: who acts on a case, the time, the rules and the clock.</summary>
internal sealed class CaseActors(PolicyBook policies, SlaClock clock, TimeProvider time)
{
    /// <summary>The actor of now.</summary>
    /// <param name="found">The case; the edition it keeps rules.</param>
    /// <param name="by">A client, or the gateway.</param>
    /// <exception cref="InvalidOperationException">The edition was taken out of the store while cases still need it.</exception>
    public CaseActor For(Case found, string by) =>
        new()
        {
            By = by,
            At = StoredTime.From(time.GetUtcNow()),
            Policy = policies.Version(found.PolicyVersion),
            Clock = clock,
            NewId = prefix => Identifiers.New(prefix, time),
        };
}
