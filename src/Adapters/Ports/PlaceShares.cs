namespace Integration.Adapters.Ports;

/// <summary>
/// Places that callers share fairly. A few of them, the reserve, go only to callers that hold fewer than it has places: a
/// newcomer finds one at once although another caller took all that it could. Not safe for use by several threads; counts
/// only callers that hold a place.
/// </summary>
public sealed class PlaceShares
{
    private const int ReservedPart = 8;

    private readonly Dictionary<string, int> _held = new(StringComparer.Ordinal);
    private readonly int _reserve;

    private PlaceShares(int places, int reserve) => (Free, _reserve) = (places, reserve);

    /// <summary>How many are free.</summary>
    public int Free { get; private set; }

    /// <summary>Places that are waited for: an eighth is the reserve, none of fewer than eight, because the next one that is freed goes to the newcomer.</summary>
    public static PlaceShares Awaited(int places) => new(places, places / ReservedPart);

    /// <summary>Places that no caller waits for: an eighth is the reserve, at least one where there are three.</summary>
    public static PlaceShares Unawaited(int places) => new(places, places < 3 ? 0 : Math.Max(1, places / ReservedPart));

    /// <summary>How many a caller holds.</summary>
    public int HeldBy(string caller) => _held.GetValueOrDefault(caller);

    /// <summary>Whether a caller may have one now.</summary>
    public bool HasFor(string caller) => Free > _reserve || (Free > 0 && HeldBy(caller) < _reserve);

    /// <summary>Gives a caller one, if it may have one.</summary>
    public bool TryTake(string caller)
    {
        if (!HasFor(caller))
        {
            return false;
        }

        _held[caller] = HeldBy(caller) + 1;
        Free--;
        return true;
    }

    /// <summary>A caller needs one no longer.</summary>
    public void GiveBack(string caller)
    {
        switch (HeldBy(caller))
        {
            case 0:
                throw new InvalidOperationException("A place was given back that was not taken.");
            case 1:
                _held.Remove(caller);
                break;
            case var held:
                _held[caller] = held - 1;
                break;
        }

        Free++;
    }
}
