using System.Collections.Frozen;
using System.Globalization;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Adapters.Utilities.Electricity;

/// <summary>Makes facts of what the marketing system says of an order. Each answer must name the order that was asked about.</summary>
internal static class ElectricityOrderReader
{
    private const int LongestReference = 64;

    /// <summary>The marketing system's codes of links (环节); <c>docs/spec/providers.md</c>.</summary>
    public static readonly FrozenDictionary<string, LegState> Codes = new Dictionary<string, LegState>(
        StringComparer.Ordinal
    )
    {
        ["SQ"] = LegState.Received,
        ["YWSL"] = LegState.Accepted,
        ["THBZ"] = LegState.Returned,
        ["KCYY"] = LegState.SurveyScheduled,
        ["XCKC"] = LegState.Surveyed,
        ["FADF"] = LegState.PlanAnswered,
        ["DYH"] = LegState.AwaitingCustomer,
        ["DXZ"] = LegState.AwaitingPermit,
        ["SGJS"] = LegState.Construction,
        ["JGYS"] = LegState.Inspected,
        ["ZBJD"] = LegState.Connected,
        ["GD"] = LegState.Closed,
        ["CX"] = LegState.Withdrawn,
        ["ZT"] = LegState.Suspended,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What an order that is not there answers is up to the question: to a find and a cancellation it is an answer.</summary>
    public static Reading<LegReceipt> Receipt(LinkageAnswer answer, LegKey asked, bool mayBeUnknown) =>
        LinkageEnvelope.Open<OrderRow, LegReceipt>(
            answer,
            ElectricityJson.Default.OrderRow,
            mayBeUnknown,
            row =>
                row switch
                {
                    { Number: null } => WireFailure.Field("ddbh"),
                    _ when row.Number != asked.Key => WireFailure.Binding("ddbh"),
                    { Missing: null } => WireFailure.Field("qscl"),
                    { Missing.Count: > 0 } => new LegReceipt(Reference: null)
                    {
                        Missing = [.. row.Missing.Select(item => FormFields.Linkage.InFormWords(item) ?? "?")],
                    },
                    { Reference.Length: > LongestReference } => WireFailure.Field("gdbh"),
                    _ when asked.Reference is { } known && row.Reference is { } given && known != given =>
                        WireFailure.Binding("gdbh"),
                    // What was cancelled before it came has no number there.
                    { Standing: "CX" } => new LegReceipt(row.Reference, IsWithdrawn: true),
                    { Standing: not "ZC" } => WireFailure.Field("ddzt"),
                    { Reference: null } => WireFailure.Field("gdbh"),
                    _ => ReadAttachments(row),
                }
        );

    public static Reading<IReadOnlyList<ProviderStatus>> Statuses(LinkageAnswer answer, LegKey asked) =>
        LinkageEnvelope.Open<StatusRows, IReadOnlyList<ProviderStatus>>(
            answer,
            ElectricityJson.Default.StatusRows,
            mayBeUnknown: true,
            rows =>
                rows switch
                {
                    { Number: null } => WireFailure.Field("ddbh"),
                    _ when rows.Number != asked.Key => WireFailure.Binding("ddbh"),
                    { Rows: null or { Count: > WrittenStatus.MostStatuses } } => WireFailure.Field("hjlb"),
                    _ => WrittenStatus.ReadAll(rows.Rows.Select(Written), asked, Codes),
                }
        );

    public static Reading<VisitReply> Visit(LinkageAnswer answer, LegKey asked, VisitSlot slot) =>
        LinkageEnvelope.Open<VisitRow, VisitReply>(
            answer,
            ElectricityJson.Default.VisitRow,
            mayBeUnknown: true,
            row =>
                row switch
                {
                    { Number: null } => WireFailure.Field("ddbh"),
                    _ when row.Number != asked.Key => WireFailure.Binding("ddbh"),
                    _ when row.From != WireTime.Text(slot.From) => WireFailure.Binding("kssj"),
                    { IsConfirmed: "0" or "1" } => new VisitReply(row.IsConfirmed == "1"),
                    _ => WireFailure.Field("sfqr"),
                }
        );

    private static Reading<LegReceipt> ReadAttachments(OrderRow row) =>
        (Count(row.Announced), Count(row.Attached), row.IsCleared) switch
        {
            (null, _, _) => WireFailure.Field("fjsl"),
            (_, null, _) => WireFailure.Field("yscfj"),
            (_, _, not ("0" or "1")) => WireFailure.Field("sfqk"),
            var (announced, attached, cleared) => new LegReceipt(
                row.Reference,
                IsComplete: cleared == "1" && attached >= announced
            ),
        };

    private static int? Count(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    private static WrittenStatus? Written(StatusRow? row) =>
        row is null
            ? null
            : new WrittenStatus
            {
                Id = row.Id,
                Code = row.Code,
                At = row.At,
                Detail = row.Detail,
                Who = row.Who switch
                {
                    "YH" => "applicant",
                    "GD" => "provider",
                    "ZF" => "authority",
                    _ => null,
                },
                Missing = [.. (row.Missing ?? []).Select(item => FormFields.Linkage.InFormWords(item))],
                Fees = [.. (row.Fees ?? []).Select(fee => (fee?.Name, fee?.Amount))],
            };
}
