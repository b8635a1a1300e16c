namespace Integration.Gateway.Callers;

/// <summary>What one factor, certificate or token, says about a request: a client, a fault, or nothing shown at all.</summary>
internal readonly record struct Identified(Client? Client, AuthenticationFault? Fault)
{
    public bool IsShown => Client is not null || Fault is not null;
}

/// <summary>Puts certificate and token together.</summary>
internal static class Factors
{
    /// <summary>Each factor that is shown must be good and of one client, and the client must have shown all that it has to.</summary>
    public static Identified Combine(Identified certificate, Identified token)
    {
        if ((certificate.Fault ?? token.Fault) is { } fault)
        {
            return new Identified(Client: null, fault);
        }

        if (certificate.Client is { } holder && token.Client is { } bearer && holder.Caller.Id != bearer.Caller.Id)
        {
            return new Identified(Client: null, AuthenticationFault.CertificateOfAnother);
        }

        return (certificate.Client ?? token.Client) switch
        {
            null => new Identified(Client: null, AuthenticationFault.TokenMissing),
            { Require: RequiredFactors.Token or RequiredFactors.Both } when token.Client is null => new Identified(
                Client: null,
                AuthenticationFault.TokenMissing
            ),
            { Require: RequiredFactors.Certificate or RequiredFactors.Both } when certificate.Client is null =>
                new Identified(Client: null, AuthenticationFault.CertificateMissing),
            { } client => new Identified(client, Fault: null),
        };
    }
}
