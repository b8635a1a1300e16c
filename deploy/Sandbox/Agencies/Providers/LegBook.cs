using System.Globalization;

namespace Integration.Sandbox.Agencies.Providers;

/// <summary>
/// The legs of one provider, by key. A key counts once: what comes under it again changes nothing, and an order that was
/// taken back before it came is taken back for ever. States move only when a test tells them to, or by themselves when
/// that is switched on.
/// </summary>
/// <param name="prefix">How the provider's numbers begin.</param>
internal sealed class LegBook(string prefix, ProviderWords words, TimeProvider time)
{
    /// <summary>The way of a leg that walks by itself, one state at each look.</summary>
    private static readonly string[] Way =
    [
        "accepted",
        "surveyScheduled",
        "surveyed",
        "planAnswered",
        "construction",
        "inspected",
        "connected",
        "closed",
    ];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, HeldLeg> _legs = new(StringComparer.Ordinal);

    /// <summary>Keys of a leg, the latest last.</summary>
    private readonly Dictionary<string, List<string>> _keys = new(StringComparer.Ordinal);
    private readonly HashSet<string> _takenBackBefore = new(StringComparer.Ordinal);
    private bool _walks;

    /// <summary>Begins at the second of the start: a provider never gives a number twice, also not after a restart.</summary>
    private int _count = (int)(time.GetUtcNow().ToUnixTimeSeconds() % 100_000_000);

    public bool Walks
    {
        set
        {
            lock (_gate)
            {
                _walks = value;
            }
        }
    }

    /// <summary>The leg as it is held now, and whether this changed anything; null when the key stands for something else.</summary>
    public (HeldLeg Leg, bool Changed)? Take(HeldLeg draft)
    {
        lock (_gate)
        {
            if (_takenBackBefore.Contains(draft.Key))
            {
                return (draft with { IsWithdrawn = true }, false);
            }

            if (_legs.TryGetValue(draft.Key, out var held))
            {
                return held.Digest == draft.Digest ? (held, false) : null;
            }

            var leg = draft with
            {
                Reference = $"{prefix}{(++_count).ToString("00000000", CultureInfo.InvariantCulture)}",
            };
            _legs.Add(leg.Key, leg);
            (_keys.TryGetValue(leg.LegId, out var keys) ? keys : _keys[leg.LegId] = []).Add(leg.Key);
            return (leg, true);
        }
    }

    public HeldLeg? Find(string key)
    {
        lock (_gate)
        {
            return _legs.GetValueOrDefault(key);
        }
    }

    /// <summary>The leg, taken back, and whether it was not before; null when there is none, and then none will come.</summary>
    public (HeldLeg Leg, bool Changed)? Withdraw(string key)
    {
        lock (_gate)
        {
            if (!_legs.TryGetValue(key, out var held))
            {
                _takenBackBefore.Add(key);
                return null;
            }

            var leg = _legs[key] = held with { IsWithdrawn = true };
            return (leg, !held.IsWithdrawn);
        }
    }

    /// <summary>The leg with all its statuses; one that walks by itself has made a step. Null when there is none.</summary>
    public HeldLeg? Look(string key)
    {
        lock (_gate)
        {
            if (!_legs.TryGetValue(key, out var leg))
            {
                return null;
            }

            if (_walks && !leg.IsWithdrawn && leg.IsComplete && leg.Statuses.Count < Way.Length)
            {
                leg = Add(leg, new ToldStatus(Way[leg.Statuses.Count]));
            }

            return leg;
        }
    }

    /// <summary>Changes a leg that is there.</summary>
    public void Change(string key, Func<HeldLeg, HeldLeg> change)
    {
        lock (_gate)
        {
            _legs[key] = change(_legs[key]);
        }
    }

    /// <summary>A leg moves; false when there is none under this key or number.</summary>
    public bool Tell(string keyOrLegId, ToldStatus status)
    {
        lock (_gate)
        {
            var key = _keys.TryGetValue(keyOrLegId, out var keys) ? keys[^1] : keyOrLegId;
            if (!_legs.TryGetValue(key, out var leg))
            {
                return false;
            }

            Add(leg, status);
            return true;
        }
    }

    /// <summary>Every sending of a leg.</summary>
    public IReadOnlyList<HeldLeg> ForLeg(string legId)
    {
        lock (_gate)
        {
            return _keys.TryGetValue(legId, out var keys) ? [.. keys.Select(key => _legs[key])] : [];
        }
    }

    public IReadOnlyList<HeldLeg> All()
    {
        lock (_gate)
        {
            return [.. _legs.Values];
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _legs.Clear();
            _keys.Clear();
            _takenBackBefore.Clear();
            _walks = false;
        }
    }

    private HeldLeg Add(HeldLeg leg, ToldStatus told)
    {
        var number = (leg.Statuses.Count + 1).ToString(CultureInfo.InvariantCulture);
        var status = new HeldStatus(
            told.Id ?? $"{leg.Reference}-{number}",
            words.CodeOf(told.Code),
            told.At ?? time.GetUtcNow()
        )
        {
            Detail = told.Detail,
            Who = told.Who,
            Missing = told.Missing,
            Fees = told.Fees,
        };
        return _legs[leg.Key] = leg with { Statuses = [.. leg.Statuses, status] };
    }
}

/// <summary>What a leg is told to become.</summary>
/// <param name="Code">A state in camel case or a code of the provider's own, which the gateway need not know.</param>
/// <param name="At">When it happened; null: now.</param>
/// <param name="Id">Its number; null: the next one.</param>
internal sealed record ToldStatus(string Code, DateTimeOffset? At = null, string? Id = null)
{
    public string? Detail { get; init; }

    public string? Who { get; init; }

    public IReadOnlyList<string> Missing { get; init; } = [];

    public IReadOnlyList<HeldFee> Fees { get; init; } = [];
}
