using Integration.Sandbox.Agencies.Providers;

namespace Integration.Sandbox.Agencies.Electricity;

/// <summary>
/// The attachments of orders, each put once under its order's key and its name. Clearing takes away what earlier sendings of the
/// same leg attached, and never what came under the order's own key: it may come late or twice.
/// </summary>
internal sealed class AttachmentShelf(LegBook legs)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Key, string Name), string> _digests = [];

    /// <summary>Whether this was the first time.</summary>
    public bool Clear(HeldLeg leg)
    {
        lock (_gate)
        {
            if (legs.Find(leg.Key) is not { AwaitsClearing: true })
            {
                return false;
            }

            legs.Change(leg.Key, held => held with { AwaitsClearing = false });
            foreach (var earlier in legs.ForLeg(leg.LegId).Where(other => other.Key != leg.Key))
            {
                legs.Change(earlier.Key, held => held with { Proofs = [], Papers = [] });
            }

            return true;
        }
    }

    /// <summary>Whether this put anything there; null when the name stands for something else, more come than were announced, or nothing was cleared before.</summary>
    public bool? Put(HeldLeg leg, string name, PowerAttachment attachment)
    {
        lock (_gate)
        {
            if (_digests.TryGetValue((leg.Key, name), out var digest))
            {
                return digest == attachment.Digest ? false : null;
            }

            if (legs.Find(leg.Key) is not { AwaitsClearing: false } held || held.Attached >= held.Announced)
            {
                return null;
            }

            _digests.Add((leg.Key, name), attachment.Digest);
            legs.Change(
                leg.Key,
                held =>
                    attachment.IsProof
                        ? held with
                        {
                            Proofs = [.. held.Proofs, attachment.Title],
                        }
                        : held with
                        {
                            Papers = [.. held.Papers, attachment.Title],
                        }
            );
            return true;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _digests.Clear();
        }
    }
}
