using System.Collections.Frozen;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Adapters.Utilities.Water;

/// <summary>Makes facts of the company's answers. Each names the order it is about, and must name the one asked about.</summary>
internal static class WaterReader
{
    private const int LongestReference = 64;

    /// <summary>The company's codes of progress; <c>docs/spec/providers.md</c>.</summary>
    public static readonly FrozenDictionary<string, LegState> Codes = new Dictionary<string, LegState>(
        StringComparer.Ordinal
    )
    {
        ["10"] = LegState.Received,
        ["20"] = LegState.Accepted,
        ["21"] = LegState.Returned,
        ["30"] = LegState.SurveyScheduled,
        ["31"] = LegState.Surveyed,
        ["40"] = LegState.PlanAnswered,
        ["41"] = LegState.AwaitingCustomer,
        ["42"] = LegState.AwaitingPermit,
        ["50"] = LegState.Construction,
        ["60"] = LegState.Inspected,
        ["70"] = LegState.Connected,
        ["80"] = LegState.Closed,
        ["90"] = LegState.Withdrawn,
        ["91"] = LegState.Suspended,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What an order that is not there answers is up to the question: to a find and a cancellation it is an answer.</summary>
    public static Reading<LegReceipt> Receipt(LinkageAnswer answer, LegKey asked, bool mayBeUnknown) =>
        LinkageEnvelope.Open<WaterReceipt, LegReceipt>(
            answer,
            WaterJson.Default.WaterReceipt,
            mayBeUnknown,
            receipt =>
                receipt switch
                {
                    { Number: null } => WireFailure.Field("qqlsh"),
                    _ when receipt.Number != asked.Key => WireFailure.Binding("qqlsh"),
                    { Missing: null } => WireFailure.Field("qsx"),
                    { Missing.Count: > 0 } => new LegReceipt(Reference: null)
                    {
                        Missing = [.. receipt.Missing.Select(item => FormFields.Linkage.InFormWords(item) ?? "?")],
                    },
                    { Reference.Length: > LongestReference } => WireFailure.Field("gdh"),
                    _ when asked.Reference is { } known && receipt.Reference is { } given && known != given =>
                        WireFailure.Binding("gdh"),
                    // What was cancelled before it came has no number there.
                    { IsCancelled: "1" } => new LegReceipt(receipt.Reference, IsWithdrawn: true),
                    { Reference: null } => WireFailure.Field("gdh"),
                    { IsCancelled: "0" } => new LegReceipt(receipt.Reference),
                    _ => WireFailure.Field("sfcx"),
                }
        );

    public static Reading<IReadOnlyList<ProviderStatus>> Statuses(LinkageAnswer answer, LegKey asked) =>
        LinkageEnvelope.Open<WaterProgress, IReadOnlyList<ProviderStatus>>(
            answer,
            WaterJson.Default.WaterProgress,
            mayBeUnknown: true,
            progress =>
                progress switch
                {
                    { Number: null } => WireFailure.Field("qqlsh"),
                    _ when progress.Number != asked.Key => WireFailure.Binding("qqlsh"),
                    { Steps: null or { Count: > WrittenStatus.MostStatuses } } => WireFailure.Field("jd"),
                    _ => WrittenStatus.ReadAll(progress.Steps.Select(Written), asked, Codes),
                }
        );

    public static Reading<VisitReply> Visit(LinkageAnswer answer, LegKey asked, VisitSlot slot) =>
        LinkageEnvelope.Open<WaterVisitReply, VisitReply>(
            answer,
            WaterJson.Default.WaterVisitReply,
            mayBeUnknown: true,
            reply =>
                reply switch
                {
                    { Number: null } => WireFailure.Field("qqlsh"),
                    _ when reply.Number != asked.Key => WireFailure.Binding("qqlsh"),
                    _ when reply.From != WireTime.Text(slot.From) => WireFailure.Binding("kssj"),
                    { IsConfirmed: "0" or "1" } => new VisitReply(reply.IsConfirmed == "1"),
                    _ => WireFailure.Field("qr"),
                }
        );

    public static Reading<TransferCheck> PreCheck(LinkageAnswer answer, TransferQuestion asked) =>
        LinkageEnvelope.Open<WaterAccountRow, TransferCheck>(
            answer,
            WaterJson.Default.WaterAccountRow,
            mayBeUnknown: true,
            account =>
                account switch
                {
                    { Account: null } => WireFailure.Field("consno"),
                    _ when account.Account != asked.Account => WireFailure.Binding("consno"),
                    { OwesAnything: not ("0" or "1") } => WireFailure.Field("sfqf"),
                    { IsFormerHolders: not ("0" or "1") } => WireFailure.Field("sfyhz"),
                    _ => new TransferCheck(account.OwesAnything == "1", account.IsFormerHolders == "1"),
                }
        );

    private static WrittenStatus? Written(WaterStep? step) =>
        step is null
            ? null
            : new WrittenStatus
            {
                Id = step.Id,
                Code = step.Code,
                At = step.At,
                Detail = step.Detail,
                Who = step.Who switch
                {
                    "1" => "applicant",
                    "2" => "provider",
                    "3" => "authority",
                    _ => null,
                },
                Missing = [.. (step.Missing ?? []).Select(item => FormFields.Linkage.InFormWords(item))],
                Fees = [.. (step.Fees ?? []).Select(fee => (fee?.Name, fee?.Amount))],
            };
}
