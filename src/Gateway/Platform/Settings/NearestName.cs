namespace Integration.Gateway.Platform.Settings;

/// <summary>What an operator probably meant.</summary>
internal static class NearestName
{
    /// <summary>A sentence that begins with a blank and names the nearest candidate; empty when none is near.</summary>
    public static string Hint(string name, IEnumerable<string> candidates)
    {
        var nearest = candidates.MinBy(candidate => Distance(name, candidate));
        return nearest is not null && Distance(name, nearest) <= Math.Max(2, name.Length / 4)
            ? $" Did you mean {nearest}?"
            : string.Empty;
    }

    /// <summary>Insertions, deletions and replacements (Levenshtein 1966), without regard to case.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced =
                    diagonal + (char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
