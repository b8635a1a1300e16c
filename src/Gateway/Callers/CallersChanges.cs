using System.Collections;
using System.Text.Json;

namespace Integration.Gateway.Callers;

/// <summary>What a reload changed, by id, for the log: <c>+added -removed ~changed</c>.</summary>
internal sealed record CallersChanges(string Clients, string Grants)
{
    public static CallersChanges Between(CallersSnapshot before, CallersSnapshot after) =>
        new(
            Compare(before.Clients, after.Clients, client => client.Caller.Id, Describe),
            Compare(before.Grants, after.Grants, grant => grant.Id, Describe)
        );

    private static string Compare<T>(
        IReadOnlyList<T> before,
        IReadOnlyList<T> after,
        Func<T, string> id,
        Func<T, string> content
    )
    {
        var (old, now) = (
            before.ToDictionary(id, content, StringComparer.Ordinal),
            after.ToDictionary(id, content, StringComparer.Ordinal)
        );
        var added = now.Keys.Except(old.Keys, StringComparer.Ordinal).Select(key => $"+{key}");
        var removed = old.Keys.Except(now.Keys, StringComparer.Ordinal).Select(key => $"-{key}");
        var changed = now.Where(pair => old.TryGetValue(pair.Key, out var was) && was != pair.Value)
            .Select(pair => $"~{pair.Key}");
        var all = string.Join(' ', added.Concat(removed).Concat(changed));
        return all.Length == 0 ? "unchanged" : all;
    }

    private static string Describe(Client client) =>
        Join(
            client.Caller,
            client.Enabled,
            client.Require,
            client.Secret is { } secret ? Convert.ToHexString(secret.Hash) : null,
            client.PublicKeys.Select(key =>
                JsonSerializer.Serialize(
                    new
                    {
                        key.X,
                        key.Y,
                        key.Kid,
                    }
                )
            ),
            client.Certificates.Order(StringComparer.Ordinal),
            client.Limits
        );

    private static string Describe(Grant grant) =>
        Join(
            grant.Client,
            grant.Service,
            grant.Purposes.Order(StringComparer.Ordinal),
            grant.Fields.Order(StringComparer.Ordinal),
            grant.Methods.Order(StringComparer.Ordinal),
            grant.Paths.Order(StringComparer.Ordinal),
            grant.Owners.Order(StringComparer.Ordinal),
            grant.From,
            grant.Until,
            grant.ApprovalNumber
        );

    private static string Join(params ReadOnlySpan<object?> parts)
    {
        var text = new System.Text.StringBuilder();
        foreach (var part in parts)
        {
            var line = part is IEnumerable list and not string ? string.Join(',', list.Cast<object>()) : $"{part}";
            text.Append(line).Append('|');
        }

        return text.ToString();
    }
}
