using System.Collections.Frozen;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Adapters.Utilities.TownWater;

/// <summary>Makes facts of the waterworks' answers. Each names the order it is about, and must name the one asked about.</summary>
internal static class TownWaterReader
{
    private const int LongestReference = 64;

    /// <summary>The waterworks' codes of progress; one that is not here is shown as it is and moves nothing.</summary>
    public static readonly FrozenDictionary<string, LegState> Codes = new Dictionary<string, LegState>(
        StringComparer.Ordinal
    )
    {
        ["taken"] = LegState.Accepted,
        ["measured"] = LegState.Surveyed,
        ["digging"] = LegState.Construction,
        ["flows"] = LegState.Connected,
        ["filed"] = LegState.Closed,
        ["cancelled"] = LegState.Withdrawn,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> s_fields = new Dictionary<string, string>(
        StringComparer.Ordinal
    )
    {
        ["name"] = FormFields.ApplicantName,
        ["code"] = FormFields.ApplicantCode,
        ["address"] = FormFields.Address,
        ["account"] = FormFields.Account,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Reading<LegReceipt> Receipt(TownWaterReceipt answer, LegKey asked) =>
        answer switch
        {
            { Key: null } => WireFailure.Field("key"),
            _ when answer.Key != asked.Key => WireFailure.Binding("key"),
            { Known: false } => new Reading<LegReceipt>.Unknown(),
            { Missing.Count: > 0 } => new LegReceipt(Reference: null)
            {
                Missing = [.. answer.Missing.Select(item => s_fields.InFormWords(item) ?? "?")],
            },
            { Reference.Length: > LongestReference } => WireFailure.Field("reference"),
            { Cancelled: true } => new LegReceipt(answer.Reference, IsWithdrawn: true),
            { Cancelled: null } => WireFailure.Field("cancelled"),
            { Reference: null } => WireFailure.Field("reference"),
            _ => new LegReceipt(answer.Reference),
        };

    public static Reading<IReadOnlyList<ProviderStatus>> Statuses(TownWaterSteps answer, LegKey asked) =>
        answer switch
        {
            { Key: null } => WireFailure.Field("key"),
            _ when answer.Key != asked.Key => WireFailure.Binding("key"),
            { Known: false } => new Reading<IReadOnlyList<ProviderStatus>>.Unknown(),
            { Steps: null or { Count: > WrittenStatus.MostStatuses } } => WireFailure.Field("steps"),
            _ => WrittenStatus.ReadAll(answer.Steps.Select(Written), asked, Codes),
        };

    public static Reading<VisitReply> Visit(TownWaterVisitReply answer, LegKey asked, VisitSlot slot) =>
        answer switch
        {
            { Key: null } => WireFailure.Field("key"),
            _ when answer.Key != asked.Key => WireFailure.Binding("key"),
            _ when answer.From != WireTime.Text(slot.From) => WireFailure.Binding("from"),
            { Confirmed: { } confirmed } => new VisitReply(confirmed),
            _ => WireFailure.Field("confirmed"),
        };

    public static Reading<TransferCheck> PreCheck(TownWaterAccountRow answer, TransferQuestion asked) =>
        answer switch
        {
            { Account: null } => WireFailure.Field("account"),
            _ when answer.Account != asked.Account => WireFailure.Binding("account"),
            { Known: false } => new Reading<TransferCheck>.Unknown(),
            { Owes: { } owes, IsFormerHolders: { } isFormerHolders } => new TransferCheck(owes, isFormerHolders),
            _ => WireFailure.Field("owes"),
        };

    private static WrittenStatus? Written(TownWaterStep? step) =>
        step is null
            ? null
            : new WrittenStatus
            {
                Id = step.Id,
                Code = step.Code,
                At = step.At,
                Detail = step.Detail,
            };
}
