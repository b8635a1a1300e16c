using System.Collections.Frozen;
using Microsoft.IdentityModel.Tokens;

namespace Integration.Gateway.Callers;

/// <summary>One entry of the callers file: a system that may prove who it is, and how.</summary>
internal sealed record Client
{
    public required Caller Caller { get; init; }

    /// <summary>A disabled client is refused everywhere, with tokens issued before too.</summary>
    public required bool Enabled { get; init; }

    /// <summary>What the client has to show with each request.</summary>
    public required RequiredFactors Require { get; init; }

    public ClientSecret? Secret { get; init; }

    /// <summary>P-256 keys that verify the client's assertions (<c>private_key_jwt</c>).</summary>
    public required IReadOnlyList<JsonWebKey> PublicKeys { get; init; }

    /// <summary>SHA-256 thumbprints of the pinned certificates, upper-case hex.</summary>
    public required FrozenSet<string> Certificates { get; init; }

    /// <summary>What it may send; members that are null are as the settings say.</summary>
    public ClientLimits Limits { get; init; } = ClientLimits.None;

    public override string ToString() => $"client {Caller.Id}";
}

/// <summary>What a client has to show with each request.</summary>
internal enum RequiredFactors
{
    /// <summary>An access token.</summary>
    Token,

    /// <summary>A pinned certificate.</summary>
    Certificate,

    /// <summary>Either of them.</summary>
    Either,

    /// <summary>Both, of the same client.</summary>
    Both,
}
