using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Integration.Adapters.Ports;

/// <summary>
/// A secret named in the configuration but kept elsewhere: <c>file:&lt;path&gt;</c> (white space at the end is dropped) or
/// <c>env:&lt;VARIABLE&gt;</c>. A secret written into the configuration itself is refused.
/// </summary>
/// <remarks>Options hold the reference as text; validators and constructors resolve it at start.</remarks>
public static class SecretReference
{
    private const string FilePrefix = "file:";
    private const string VariablePrefix = "env:";

    /// <summary>Whether the text names a secret instead of being one.</summary>
    public static bool IsReference([NotNullWhen(true)] string? text) =>
        text is not null
        && (
            text.StartsWith(FilePrefix, StringComparison.Ordinal)
            || text.StartsWith(VariablePrefix, StringComparison.Ordinal)
        );

    /// <summary>Reads the secret as text, or says why it cannot be had. The fault never repeats the secret.</summary>
    public static bool TryResolve(
        string? reference,
        [NotNullWhen(true)] out string? secret,
        [NotNullWhen(false)] out string? fault
    )
    {
        secret = null;
        if (TryResolveBytes(reference, out var bytes, out fault))
        {
            secret = Encoding.UTF8.GetString(bytes).TrimEnd();
        }

        return secret is not null;
    }

    /// <summary>Reads the secret's bytes as they stand in the file, or the variable's text as UTF-8.</summary>
    public static bool TryResolveBytes(
        string? reference,
        [NotNullWhen(true)] out byte[]? secret,
        [NotNullWhen(false)] out string? fault
    )
    {
        (secret, fault) = Read(reference);
        return secret is not null;
    }

    private static (byte[]? Secret, string? Fault) Read(string? reference)
    {
        if (reference?.StartsWith(FilePrefix, StringComparison.Ordinal) == true)
        {
            return ReadFile(reference[FilePrefix.Length..]);
        }

        if (reference?.StartsWith(VariablePrefix, StringComparison.Ordinal) == true)
        {
            var variable = reference[VariablePrefix.Length..];
            return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
                ? (Encoding.UTF8.GetBytes(value), null)
                : (null, $"the environment variable {variable} is not set");
        }

        return (null, "a reference file:<path> or env:<VARIABLE> is needed, never the secret itself");
    }

    private static (byte[]? Secret, string? Fault) ReadFile(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            return bytes.Length > 0 ? (bytes, null) : (null, $"the file {path} is empty");
        }
        catch (Exception reason)
            when (reason is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, $"the file {path} cannot be read ({reason.GetType().Name})");
        }
    }
}
