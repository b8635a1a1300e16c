using Integration.Adapters.Ports;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Http.Settings;

/// <summary>What every agency can be told: section <c>Agencies:{agency}</c>.</summary>
internal abstract record AgencyOptions
{
    /// <summary>What the agency may cost us.</summary>
    public AgencyLimits Limits { get; init; } = new();

    /// <summary>Everything wrong with these options, each as "Key: what must hold". Never repeats a value.</summary>
    public virtual IEnumerable<string> Faults() => Limits.Faults();

    protected static IEnumerable<string> AddressFaults(Uri? address, string key = "BaseAddress")
    {
        if (address is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            yield return $"{key}: an absolute http or https address is needed";
        }
        else if (address.UserInfo.Length + address.Query.Length + address.Fragment.Length > 0)
        {
            yield return $"{key}: no user, query or fragment belongs there";
        }
    }

    protected static IEnumerable<string> MissingFaults(params ReadOnlySpan<(string? Value, string Key)> texts)
    {
        var faults = new List<string>();
        foreach (var (value, key) in texts)
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                faults.Add($"{key}: needed");
            }
        }

        return faults;
    }

    /// <summary>Options are validated at start; by the time a secret is used there is one.</summary>
    protected static string Reveal(string? reference) =>
        SecretReference.TryResolve(reference, out var secret, out var fault)
            ? secret
            : throw new InvalidOperationException(fault);

    protected static IEnumerable<string> SecretFaults(string? reference, string key)
    {
        if (!SecretReference.TryResolve(reference, out _, out var fault))
        {
            yield return $"{key}: {fault}";
        }
    }
}

/// <summary>Start-up is refused with everything that is wrong, named by its full key.</summary>
internal sealed class AgencyOptionsValidator<TOptions>(string section) : IValidateOptions<TOptions>
    where TOptions : AgencyOptions
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var faults = options.Faults().Select(fault => $"{section}:{fault}").ToArray();
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
