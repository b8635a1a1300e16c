using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Integration.Gateway.Platform.Http;

namespace Integration.Gateway.Sharing.Catalogue;

/// <summary>The service catalogue as of one version. Never changes; a request reads one and keeps it.</summary>
internal sealed class ServiceCatalogue
{
    public const string Prefix = "/share/";

    private readonly FrozenDictionary<string, SharedOperation[]> _resources;

    public ServiceCatalogue(string text, IReadOnlyList<SharedOperation> operations)
    {
        Text = text;
        Version = VersionOf(text);
        Operations = operations;
        _resources = operations
            .GroupBy(operation => operation.Resource.Resource, StringComparer.Ordinal)
            .ToFrozenDictionary(resource => resource.Key, resource => resource.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>Shares nothing.</summary>
    public static ServiceCatalogue Empty { get; } = new(string.Empty, []);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Digest of the text, 16 hex digits.</summary>
    public string Version { get; }

    public IReadOnlyList<SharedOperation> Operations { get; }

    public static string VersionOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));

    /// <summary>The one operation that this method and canonical path belong to; null when there is none.</summary>
    public (SharedOperation Operation, IReadOnlyDictionary<string, string> Values)? Match(
        CanonicalPath path,
        string method
    )
    {
        var (operations, rest) = OfResource(path);
        foreach (var operation in operations)
        {
            if (operation.Methods.Contains(method) && operation.Path.Matches(path.Value.AsSpan(rest), out var values))
            {
                return (operation, values);
            }
        }

        return null;
    }

    /// <summary>The methods that a path has; none when there is no such path.</summary>
    public IEnumerable<string> MethodsOf(CanonicalPath path)
    {
        var (operations, rest) = OfResource(path);
        return operations
            .Where(operation => operation.Path.Matches(path.Value.AsSpan(rest), out _))
            .SelectMany(operation => operation.Methods)
            .Distinct(StringComparer.Ordinal);
    }

    private (SharedOperation[] Operations, int Start) OfResource(CanonicalPath path)
    {
        var text = path.Value;
        var end = text.StartsWith(Prefix, StringComparison.Ordinal) ? text.IndexOf('/', Prefix.Length) : -1;
        return
            end > 0
            && _resources
                .GetAlternateLookup<ReadOnlySpan<char>>()
                .TryGetValue(text.AsSpan(Prefix.Length, end - Prefix.Length), out var operations)
            ? (operations, end + 1)
            : ([], 0);
    }
}
