using Integration.Gateway.Notices;

namespace Integration.Gateway.Events.Inbox;

/// <summary>What the office of a source and operators are told of events. Pure.</summary>
internal static class EventNotifications
{
    /// <summary>It cannot become an application: which fields are wrong.</summary>
    public static Notice NeedsReview(
        EventRow row,
        string office,
        DateTimeOffset now,
        string fields,
        string? applicationId
    ) => AboutCase(NoticeTypes.CaseNeedsReview, row, office, now, ("fields", fields), ("applicationId", applicationId));

    /// <summary>Utilities are wanted, but no electricity.</summary>
    public static Notice UtilitiesWanted(EventRow row, string office, DateTimeOffset now, string utilities) =>
        AboutCase(NoticeTypes.CaseUtilitiesWanted, row, office, now, ("utilities", utilities));

    /// <summary>Electricity is not wanted any more, other utilities are.</summary>
    /// <param name="row">The event.</param>
    /// <param name="office">Who is told.</param>
    /// <param name="now">When.</param>
    /// <param name="utilities">Those, with commas between them.</param>
    /// <param name="applicationId">The application that was taken back; null: there was none.</param>
    public static Notice UtilitiesStillWanted(
        EventRow row,
        string office,
        DateTimeOffset now,
        string utilities,
        string? applicationId
    ) =>
        AboutCase(
            NoticeTypes.CaseUtilitiesWanted,
            row,
            office,
            now,
            ("applicationId", applicationId),
            ("utilities", utilities)
        );

    /// <summary>The case is over.</summary>
    public static Notice Withdrawn(EventRow row, string office, DateTimeOffset now, string? applicationId) =>
        AboutCase(NoticeTypes.CaseWithdrawn, row, office, now, ("applicationId", applicationId));

    /// <summary>It could not be processed.</summary>
    public static Notice DeadLetter(EventRow row, string? office, DateTimeOffset now, string failure) =>
        Create(
            NoticeTypes.EventDeadLetter,
            row,
            office,
            now,
            ("receiptId", row.ReceiptId),
            ("type", row.Type),
            ("failure", failure)
        );

    /// <summary>Another event came under the id of this one.</summary>
    public static Notice Conflict(EventRow first, string office, DateTimeOffset now) =>
        Create(NoticeTypes.EventConflict, first, office, now, ("receiptId", first.ReceiptId), ("source", first.Source));

    private static Notice AboutCase(
        string type,
        EventRow row,
        string office,
        DateTimeOffset now,
        params ReadOnlySpan<(string Name, string? Value)> more
    ) => Create(type, row, office, now, [("receiptId", row.ReceiptId), ("event", row.Type), .. more]);

    private static Notice Create(
        string type,
        EventRow row,
        string? office,
        DateTimeOffset now,
        params ReadOnlySpan<(string Name, string? Value)> data
    )
    {
        var members = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in data)
        {
            members.Add(name, value);
        }

        return new Notice
        {
            Type = type,
            CallerId = office,
            CaseId = row.CaseId,
            At = now,
            Data = members,
        };
    }
}
