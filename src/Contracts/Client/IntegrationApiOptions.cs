using Microsoft.Extensions.Options;

namespace Integration.Contracts.Client;

/// <summary>Where the gateway is and who calls it.</summary>
public sealed class IntegrationApiOptions
{
    /// <summary>Address of the gateway, e.g. <c>https://gateway.example/</c>. Plain HTTP on loopback only. Required.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>The caller's client id. Required.</summary>
    public string ClientId { get; set; } = string.Empty;

    /// <summary>The caller's client secret. Required; keep it out of source control.</summary>
    public string ClientSecret { get; set; } = string.Empty;

    /// <summary>How long to wait for one answer. Default 30 s; 1 s to 5 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long before its end a token is replaced. Default 30 s; at most half of the token's life is used for it.</summary>
    public TimeSpan RefreshTokenBefore { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>Refuses to start with options that cannot work, naming everything wrong with them.</summary>
internal sealed class IntegrationApiOptionsValidator : IValidateOptions<IntegrationApiOptions>
{
    public ValidateOptionsResult Validate(string? name, IntegrationApiOptions options)
    {
        var faults = new List<string>();
        if (options.BaseAddress is not { IsAbsoluteUri: true } address || !IsAllowed(address))
        {
            faults.Add("BaseAddress must be an absolute https address (http on loopback only).");
        }

        if (string.IsNullOrWhiteSpace(options.ClientId))
        {
            faults.Add("ClientId is missing.");
        }

        if (string.IsNullOrWhiteSpace(options.ClientSecret))
        {
            faults.Add("ClientSecret is missing.");
        }

        if (options.Timeout < TimeSpan.FromSeconds(1) || options.Timeout > TimeSpan.FromMinutes(5))
        {
            faults.Add("Timeout must be between 1 second and 5 minutes.");
        }

        if (options.RefreshTokenBefore < TimeSpan.Zero)
        {
            faults.Add("RefreshTokenBefore must not be negative.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool IsAllowed(Uri address) =>
        string.Equals(address.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal)
        || (string.Equals(address.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal) && address.IsLoopback);
}
