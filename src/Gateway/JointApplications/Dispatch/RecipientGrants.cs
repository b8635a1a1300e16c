using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Callers;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications.Dispatch;

/// <summary>
/// The clients that get something of a leg without having asked: the provider that is called, and those that are reminded. It is the one place
/// that looks at grants of a client that is not the caller; a client that calls is judged by <c>OwnLegs</c>. Pure.
/// </summary>
/// <param name="Callers">The snapshot in force.</param>
/// <param name="Purpose">The purpose of the joint application.</param>
/// <param name="Now">The moment at which it is handed over.</param>
internal sealed record RecipientGrants(CallersSnapshot Callers, string Purpose, DateTimeOffset Now)
{
    /// <summary>
    /// The recipient of a utility's leg: of the enabled clients of the utility that may have it, the first by id. It gets what its own grants
    /// name; grants of other clients of the same utility add nothing. Null: no client may have it.
    /// </summary>
    public Allowance? For(Utility utility) => Holders(utility).FirstOrDefault();

    /// <summary>The ids of all clients of a utility that may have its leg, each by its own grants.</summary>
    public IReadOnlyList<string> ClientsOf(Utility utility) =>
        [.. Holders(utility).Select(allowance => allowance.Client.Id)];

    private IEnumerable<Allowance> Holders(Utility utility)
    {
        var name = JsonNames.From(utility);
        return Callers
            .Clients.Where(client => client.Enabled && client.Caller.Utility == name)
            .OrderBy(client => client.Caller.Id, StringComparer.Ordinal)
            .Select(client => Allowance.For(Callers, client.Caller, Purpose, Now))
            .OfType<Allowance>();
    }
}
