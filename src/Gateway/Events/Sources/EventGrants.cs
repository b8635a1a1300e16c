using Integration.Gateway.Callers;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Events.Sources;

/// <summary>
/// What a client may hand in for a source, by purpose: who may report enterprises may not therefore start transfers. Only
/// <see cref="Check"/> makes one.
/// </summary>
internal sealed class EventGrants
{
    private readonly Dictionary<string, Result<GrantedRequest>> _byPurpose;

    private EventGrants(Caller caller, Dictionary<string, Result<GrantedRequest>> byPurpose) =>
        (Caller, _byPurpose) = (caller, byPurpose);

    public Caller Caller { get; }

    /// <summary>The cases are known only from the content, which is not looked into without a grant.</summary>
    /// <returns>What is granted; 403 <c>not-granted</c>: nothing at all.</returns>
    public static Result<EventGrants> Check(CallerContext caller, EventSource source, DateTimeOffset now)
    {
        if (!source.Options.Clients.Contains(caller.Caller.Id, StringComparer.Ordinal))
        {
            return Refusal.NotGranted("Rule source: you may not deliver for this source.");
        }

        var byPurpose = EventTypes.Purposes.ToDictionary(
            purpose => purpose,
            purpose =>
                GrantedRequest.Check(
                    caller.Callers,
                    caller.Caller,
                    caseId: source.Name,
                    purpose,
                    [new GrantDemand(ServiceFields.Events, purpose, [])],
                    now
                ),
            StringComparer.Ordinal
        );
        var refused = byPurpose.Values.Select(RefusalOf).ToList();
        return refused.Contains(null) ? new EventGrants(caller.Caller, byPurpose) : refused[0]!;
    }

    /// <summary>Whether events of a type may be handed in.</summary>
    public Result<GrantedRequest> For(string type) => _byPurpose[EventTypes.PurposeOf(type)];

    private static Refusal? RefusalOf(Result<GrantedRequest> result) =>
        result.Succeeded(out _, out var refusal) ? null : refusal;
}
