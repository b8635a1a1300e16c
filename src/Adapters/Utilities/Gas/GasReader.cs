using System.Collections.Frozen;
using System.Xml.Linq;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Adapters.Utilities.Gas;

/// <summary>
/// Makes facts of the company's answers: <c>&lt;response&gt;&lt;rtnCode/&gt;…&lt;/response&gt;</c>. Each names the order it is
/// about, and must name the one asked about.
/// </summary>
internal static class GasReader
{
    private const int LongestReference = 64;

    /// <summary>The company's codes; <c>docs/spec/providers.md</c>.</summary>
    public static readonly FrozenDictionary<string, LegState> Codes = new Dictionary<string, LegState>(
        StringComparer.Ordinal
    )
    {
        ["G00"] = LegState.Received,
        ["G01"] = LegState.Accepted,
        ["G09"] = LegState.Returned,
        ["G11"] = LegState.SurveyScheduled,
        ["G12"] = LegState.Surveyed,
        ["G21"] = LegState.PlanAnswered,
        ["G22"] = LegState.AwaitingCustomer,
        ["G23"] = LegState.AwaitingPermit,
        ["G31"] = LegState.Construction,
        ["G32"] = LegState.Inspected,
        ["G41"] = LegState.Connected,
        ["G42"] = LegState.Closed,
        ["G98"] = LegState.Withdrawn,
        ["G99"] = LegState.Suspended,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What an order that is not there answers is up to the question: to a find and a cancellation it is an answer.</summary>
    public static Reading<LegReceipt> Receipt(XElement answer, LegKey asked, bool mayBeUnknown) =>
        GasWire.Open<LegReceipt>(
            answer,
            mayBeUnknown,
            response =>
            {
                if (GasWire.Part(response, "order") is not { } order)
                {
                    return WireFailure.Structure("order");
                }

                if (Binding(order, asked) is { } unbound)
                {
                    return unbound;
                }

                var missing = order.Elements("qs").Select(item => GasWire.InFormWords(item.Value)).ToList();
                return (GasWire.Text(order, "gdh"), GasWire.Text(order, "zt")) switch
                {
                    _ when missing.Count > 0 => new LegReceipt(Reference: null) { Missing = missing },
                    ({ Length: > LongestReference }, _) => WireFailure.Field("gdh"),
                    ({ } given, _) when asked.Reference is { } known && known != given => WireFailure.Binding("gdh"),
                    // What was cancelled before it came has no number there.
                    (var given, "9") => new LegReceipt(given, IsWithdrawn: true),
                    ({ } given, "1") => new LegReceipt(given),
                    (null, _) => WireFailure.Field("gdh"),
                    _ => WireFailure.Field("zt"),
                };
            }
        );

    public static Reading<IReadOnlyList<ProviderStatus>> Statuses(XElement answer, LegKey asked) =>
        GasWire.Open<IReadOnlyList<ProviderStatus>>(
            answer,
            mayBeUnknown: true,
            response =>
            {
                if (GasWire.Part(response, "progress") is not { } progress)
                {
                    return WireFailure.Structure("progress");
                }

                if (Binding(progress, asked) is { } unbound)
                {
                    return unbound;
                }

                var steps = progress.Elements("step").ToList();
                return steps.Count > WrittenStatus.MostStatuses
                    ? WireFailure.Field("step")
                    : WrittenStatus.ReadAll(steps.Select(Written), asked, Codes);
            }
        );

    public static Reading<VisitReply> Visit(XElement answer, LegKey asked, VisitSlot slot) =>
        GasWire.Open<VisitReply>(
            answer,
            mayBeUnknown: true,
            response =>
                GasWire.Part(response, "visit") switch
                {
                    null => WireFailure.Structure("visit"),
                    { } visit when Binding(visit, asked) is { } unbound => unbound,
                    { } visit when GasWire.Text(visit, "qsj") != GasWire.Time(slot.From) => WireFailure.Binding("qsj"),
                    { } visit => GasWire.Text(visit, "hf") switch
                    {
                        "Y" => new VisitReply(IsConfirmed: true),
                        "N" => new VisitReply(IsConfirmed: false),
                        _ => WireFailure.Field("hf"),
                    },
                }
        );

    public static Reading<TransferCheck> PreCheck(XElement answer, TransferQuestion asked) =>
        GasWire.Open<TransferCheck>(
            answer,
            mayBeUnknown: true,
            response =>
                GasWire.Part(response, "account") switch
                {
                    null => WireFailure.Structure("account"),
                    { } account when GasWire.Text(account, "khbh") is not { } number => WireFailure.Field("khbh"),
                    { } account when GasWire.Text(account, "khbh") != asked.Account => WireFailure.Binding("khbh"),
                    { } account => (GasWire.Flag(account, "qf"), GasWire.Flag(account, "yh")) switch
                    {
                        ({ } owes, { } isFormerHolders) => new TransferCheck(owes, isFormerHolders),
                        (null, _) => WireFailure.Field("qf"),
                        _ => WireFailure.Field("yh"),
                    },
                }
        );

    private static AgencyFailure? Binding(XElement part, LegKey asked) =>
        GasWire.Text(part, GasWire.Number) switch
        {
            null => WireFailure.Field(GasWire.Number),
            var number when number != asked.Key => WireFailure.Binding(GasWire.Number),
            _ => null,
        };

    private static WrittenStatus Written(XElement step) =>
        new()
        {
            Code = GasWire.Text(step, "dm"),
            At = GasWire.Text(step, "sj"),
            Detail = GasWire.Text(step, "sm"),
            Who = GasWire.Text(step, "zr") switch
            {
                "K" => "applicant",
                "Q" => "provider",
                "Z" => "authority",
                _ => null,
            },
            Missing = [.. step.Elements("qs").Select(item => GasWire.InFormWords(item.Value))],
            Fees = [.. step.Elements("fy").Select(fee => ((string?)fee.Attribute("mc"), (string?)fee.Attribute("je")))],
        };
}
