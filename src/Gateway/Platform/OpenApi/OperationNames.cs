using System.Globalization;

namespace Integration.Gateway.Platform.OpenApi;

/// <summary>
/// The <c>operationId</c> of an operation, from which generated clients make the names of their methods: method and path in camel case, e.g.
/// <c>postApplicationsByApplicationIdMaterials</c>. It changes only with the address.
/// </summary>
internal static class OperationNames
{
    public static string For(string method, string path) =>
        string.Concat(
            path.Split('/', StringSplitOptions.RemoveEmptyEntries)
                .Where(part => part != "v1")
                .Select(part => part.StartsWith('{') ? $"By{Pascal(part.Trim('{', '}').Split(':')[0])}" : Pascal(part))
                .Prepend(method.ToLowerInvariant())
        );

    private static string Pascal(string part) =>
        string.Concat(
            part.Split(['-', '.', '_', '*'], StringSplitOptions.RemoveEmptyEntries)
                .Select(word =>
                    string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(word[0])}{word[1..]}")
                )
        );
}
