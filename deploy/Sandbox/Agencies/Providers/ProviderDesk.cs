using System.Collections.Concurrent;
using Integration.Sandbox.Door;

namespace Integration.Sandbox.Agencies.Providers;

/// <summary>What every provider keeps, in any wire format: legs, accounts, and whether it comes to visits.</summary>
internal sealed class ProviderDesk(string utility, LegBook legs)
{
    private readonly ConcurrentDictionary<string, HeldAccount> _accounts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _visits = new(StringComparer.Ordinal);
    private volatile bool _confirms = true;

    public string Utility => utility;

    public LegBook Legs => legs;

    public bool ConfirmsVisits
    {
        set => _confirms = value;
    }

    public void Open(HeldAccount account) => _accounts[account.Number] = account;

    public HeldAccount? Account(string number) => _accounts.GetValueOrDefault(number);

    /// <summary>Whether it comes, and whether the key asked for the first time; a key keeps its answer.</summary>
    public (bool Comes, bool IsNew) Visit(string key)
    {
        var comes = _confirms;
        return _visits.TryAdd(key, comes) ? (comes, true) : (_visits[key], false);
    }

    public void Clear()
    {
        legs.Clear();
        _accounts.Clear();
        _visits.Clear();
        _confirms = true;
    }
}

/// <summary>An account that may be transferred.</summary>
internal sealed record HeldAccount(string Number, bool IsFormerHolders, bool HasArrears);

/// <summary>A provider of a utility.</summary>
internal abstract class ProviderAgency(string name, ProviderDesk desk) : Agency(name)
{
    public ProviderDesk Desk => desk;

    public override void Reset() => desk.Clear();

    /// <summary>The statuses as the call gets them: repeated or turned round where a fault says so.</summary>
    public static IEnumerable<HeldStatus> Disordered(AgencyCall call, IEnumerable<HeldStatus> statuses) =>
        call.Disorder switch
        {
            Control.FaultKind.DuplicateStatus => statuses.SelectMany(status => new[] { status, status }),
            Control.FaultKind.OutOfOrder => statuses.Reverse(),
            _ => statuses,
        };
}
