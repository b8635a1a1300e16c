using Integration.Gateway.Clocks;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Cases;

/// <summary>Gives whoever acts on a case the time, the rules and the clock.</summary>
internal sealed class CaseActors(PolicyBook policies, SlaClock clock, TimeProvider time)
{
    /// <summary>The actor of now.</summary>
    /// <param name="file">The case; the edition it keeps rules.</param>
    /// <param name="by">A client, or the gateway.</param>
    /// <exception cref="InvalidOperationException">The edition was taken out of the book while cases still need it.</exception>
    public CaseActor Of(CaseFile file, string by) =>
        new()
        {
            By = by,
            At = StoredTime.Of(time.GetUtcNow()),
            Policy = policies.Version(file.PolicyVersion),
            Clock = clock,
            NewId = prefix => Identifiers.New(prefix, time),
        };
}
