namespace Integration.Gateway.Platform.Settings;

/// <summary>The arguments of the process: settings as <c>--Key=Value</c> or <c>--Key Value</c>, and nothing else.</summary>
internal static class StartArguments
{
    /// <summary>First parts of the keys that are read: ours, and those of the host and the server.</summary>
    private static readonly string[] s_roots =
    [
        "Gateway",
        "Agencies",
        "Kestrel",
        "Logging",
        "AllowedHosts",
        "Urls",
        "Http_Ports",
        "Https_Ports",
        "Environment",
        "ContentRoot",
        "WebRoot",
        "ApplicationName",
    ];

    /// <summary>Every argument that is none; values are not repeated.</summary>
    public static IEnumerable<string> Faults(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                yield return $"Argument {i + 1}: it does not begin with --. Settings are given as --Key=Value (docs/spec/settings.md).";
                continue;
            }

            var end = argument.IndexOf('=', StringComparison.Ordinal);
            var key = argument[2..(end < 0 ? argument.Length : end)];
            var hasValue =
                end >= 0 || (i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal));
            i += end < 0 && hasValue ? 1 : 0;
            var root = key.Split(':')[0];
            if (!s_roots.Contains(root, StringComparer.OrdinalIgnoreCase))
            {
                yield return $"--{key}: no such argument.{NearestName.Hint(root, s_roots)}";
            }
            else if (!hasValue)
            {
                yield return $"--{key}: it has no value. Settings are given as --Key=Value.";
            }
        }
    }
}
