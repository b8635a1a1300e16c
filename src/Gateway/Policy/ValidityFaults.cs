namespace Integration.Gateway.Policy;

/// <summary>What is wrong between editions: every day has exactly one, from the first to for ever.</summary>
internal static class ValidityFaults
{
    public static IEnumerable<string> In(IReadOnlyList<PolicyEdition> editions)
    {
        if (editions.Count == 0)
        {
            return ["There is no readable policy edition."];
        }

        var ordered = editions.OrderBy(edition => edition.ValidFrom).ToList();
        return
        [
            .. ordered
                .GroupBy(edition => edition.Version, StringComparer.Ordinal)
                .Where(same => same.Count() > 1)
                .Select(TwiceUsed),
            .. ordered.Where(edition => edition.ValidUntil < edition.ValidFrom).Select(EndsBeforeItBegins),
            .. ordered.Zip(ordered.Skip(1), Between).OfType<string>(),
            .. ordered.TakeLast(1).Where(last => last.ValidUntil is not null).Select(Ends),
        ];
    }

    private static string TwiceUsed(IGrouping<string, PolicyEdition> same) =>
        $"{same.Key}: {same.Count()} editions have this version.";

    private static string EndsBeforeItBegins(PolicyEdition edition) =>
        $"{edition.Version}: validUntil lies before validFrom.";

    private static string Ends(PolicyEdition last) =>
        $"{last.Version}: the last edition ends on {last.ValidUntil:yyyy-MM-dd}; later days would have none.";

    private static string? Between(PolicyEdition earlier, PolicyEdition later) =>
        earlier.ValidUntil is not { } end || end >= later.ValidFrom
            ? $"{earlier.Version} and {later.Version} overlap from {later.ValidFrom:yyyy-MM-dd}."
        : end.AddDays(1) < later.ValidFrom
            ? $"Between {earlier.Version} and {later.Version} no edition is in force from {end.AddDays(1):yyyy-MM-dd}."
        : null;
}
