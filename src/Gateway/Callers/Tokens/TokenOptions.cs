using Integration.Adapters.Ports;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Callers.Tokens;

/// <summary>Access tokens. Section <c>Gateway:Tokens</c>.</summary>
internal sealed record TokenOptions
{
    public const string Section = "Gateway:Tokens";

    /// <summary>How long an access token is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Reference to the PEM of a P-256 private key; all nodes share it. No default: without it there is no start.</summary>
    public string SigningKey { get; init; } = "";

    /// <summary>Our address as callers see it, e.g. <c>https://gateway.example/</c>; <c>iss</c> of tokens, <c>aud</c> of assertions.</summary>
    public string Issuer { get; init; } = "";

    /// <summary><c>aud</c> of tokens.</summary>
    public string Audience { get; init; } = "integration-gateway";

    /// <summary>
    /// Accept credentials without TLS. Default false; true only on loopback, or where something in front ends TLS.
    /// </summary>
    public bool AllowHttp { get; init; }

    /// <summary>
    /// Tokens that one address, and one client that has proved itself lately, may ask for in a second, in the long run;
    /// beyond it 429. Default 50.
    /// </summary>
    public int PerSecond { get; init; } = 50;

    /// <summary>Tokens that each of them may ask for at once after a pause; beyond it 429. Default 100.</summary>
    public int Burst { get; init; } = 100;

    /// <summary>
    /// Secrets that are compared at once where the callers file keeps hashes, each of which keeps a core busy; beyond it 429.
    /// Default half of the cores, at least 1.
    /// </summary>
    public int DerivationsAtOnce { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);
}

/// <summary>Lists every fault of the section at start.</summary>
internal sealed class TokenOptionsValidator : IValidateOptions<TokenOptions>
{
    private const int MostPerSecond = 10_000;
    private const int MostDerivations = 1024;

    public ValidateOptionsResult Validate(string? name, TokenOptions options)
    {
        var faults = new List<string>();
        if (!SecretReference.TryResolve(options.SigningKey, out var pem, out var fault))
        {
            faults.Add($"{TokenOptions.Section}:{nameof(TokenOptions.SigningKey)}: {fault}.");
        }
        else if (TokenSigningKey.FaultOf(pem) is { } wrong)
        {
            faults.Add($"{TokenOptions.Section}:{nameof(TokenOptions.SigningKey)}: {wrong}");
        }

        if (
            !Uri.TryCreate(options.Issuer, UriKind.Absolute, out var issuer)
            || issuer.Scheme is not ("https" or "http")
            || issuer.Query.Length > 0
            || issuer.Fragment.Length > 0
        )
        {
            faults.Add($"{TokenOptions.Section}:{nameof(TokenOptions.Issuer)}: an http(s) address is needed.");
        }

        if (string.IsNullOrWhiteSpace(options.Audience))
        {
            faults.Add($"{TokenOptions.Section}:{nameof(TokenOptions.Audience)}: a text is needed.");
        }

        if (options.PerSecond is < 1 or > MostPerSecond)
        {
            faults.Add($"{TokenOptions.Section}:{nameof(TokenOptions.PerSecond)}: 1 to {MostPerSecond}.");
        }

        if (options.Burst is < 1 or > MostPerSecond)
        {
            faults.Add($"{TokenOptions.Section}:{nameof(TokenOptions.Burst)}: 1 to {MostPerSecond}.");
        }

        if (options.DerivationsAtOnce is < 1 or > MostDerivations)
        {
            faults.Add($"{TokenOptions.Section}:{nameof(TokenOptions.DerivationsAtOnce)}: 1 to {MostDerivations}.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
