namespace Integration.Gateway.Evidence;

/// <summary>Questions to the evidence of all chains.</summary>
internal static class EvidenceQueries
{
    private static readonly string s_look = EvidenceRecord.NameOf(EvidenceKind.Look);

    /// <summary>
    /// What was done, without who looked: looks are as many as the lookers like, and must not push anything else out of a page.
    /// </summary>
    public static IQueryable<EvidenceRow> WithoutLooks(this IQueryable<EvidenceRow> rows) =>
        rows.Where(row => row.Kind != s_look);
}
