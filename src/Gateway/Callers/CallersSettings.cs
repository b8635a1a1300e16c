using Microsoft.Extensions.Options;

namespace Integration.Gateway.Callers;

/// <summary>Where the callers file is.</summary>
internal static class CallersSettings
{
    /// <summary>Configuration key of the path.</summary>
    public const string Key = "Gateway:Callers";

    /// <summary>The absolute path.</summary>
    /// <exception cref="OptionsValidationException">There is no path; without callers no system could call.</exception>
    public static string Path(IConfiguration configuration) =>
        configuration[Key] is { Length: > 0 } path
            ? System.IO.Path.GetFullPath(path)
            : throw new OptionsValidationException(
                Key,
                typeof(CallersSnapshot),
                [$"{Key}: the path of the callers file is needed (docs/spec/callers.md)."]
            );
}
