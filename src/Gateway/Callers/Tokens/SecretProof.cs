namespace Integration.Gateway.Callers.Tokens;

/// <summary>
/// Compares a presented secret with a client's. An unknown client, a disabled one and one without a secret cost what the
/// dearest known one costs, under the same bound of derivations at once; a client that proved itself with this secret lately
/// costs a digest and needs no place, so no flood keeps it out.
/// </summary>
internal sealed class SecretProof(ProvenClients proven, SecretDerivations derivations, CallerMetrics metrics)
{
    /// <summary>What came of a comparison.</summary>
    public enum Outcome
    {
        /// <summary>It is the secret of the client.</summary>
        Proved,

        /// <summary>It is not, or there is no such client.</summary>
        Wrong,

        /// <summary>It was not compared: too many are compared now.</summary>
        Busy,
    }

    /// <summary>Compares, if it may be done now.</summary>
    /// <param name="client">Null: there is no such client.</param>
    /// <param name="presented">What was sent.</param>
    /// <param name="callers">The file in force.</param>
    public Outcome Compare(Client? client, string presented, CallersSnapshot callers)
    {
        if (presented.Length > ClientSecret.MaxLength)
        {
            return Outcome.Wrong;
        }

        if (proven.Knows(client, presented))
        {
            return Outcome.Proved;
        }

        var iterations = callers.SecretIterations;
        using var place = iterations == 0 ? null : derivations.Take();
        if (place is null && iterations > 0)
        {
            metrics.TokenRefused("derivations");
            return Outcome.Busy;
        }

        var secret = client is { Enabled: true } ? client.Secret : null;
        return ClientSecret.Proves(secret, presented, iterations) ? Outcome.Proved : Outcome.Wrong;
    }
}
