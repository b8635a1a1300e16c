using System.Collections.Frozen;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Adapters.Utilities.Television;

/// <summary>Where an order stands, as its receipt says.</summary>
/// <param name="IsThere">False: the company says that it never had it.</param>
internal sealed record BoxReceipt(bool IsThere, LegReceipt Receipt);

/// <summary>Makes facts of the files that come out. Each names what it is about, and must name what was asked about.</summary>
internal static class TelevisionReader
{
    private const int LongestReference = 64;

    /// <summary>The company's words; <c>docs/spec/providers.md</c>.</summary>
    public static readonly FrozenDictionary<string, LegState> Codes = new Dictionary<string, LegState>(
        StringComparer.Ordinal
    )
    {
        ["已登记"] = LegState.Received,
        ["已受理"] = LegState.Accepted,
        ["退件"] = LegState.Returned,
        ["已约勘"] = LegState.SurveyScheduled,
        ["已勘查"] = LegState.Surveyed,
        ["已答复"] = LegState.PlanAnswered,
        ["待客户"] = LegState.AwaitingCustomer,
        ["待审批"] = LegState.AwaitingPermit,
        ["施工中"] = LegState.Construction,
        ["已验收"] = LegState.Inspected,
        ["已开通"] = LegState.Connected,
        ["已归档"] = LegState.Closed,
        ["已撤单"] = LegState.Withdrawn,
        ["挂起"] = LegState.Suspended,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Our own file: that it is whole and ours is all there is to say.</summary>
    public static Reading<LegReceipt> OurOrder(BoxFile file, LegKey asked) =>
        file.LinesOf("01").ToList() is [[var key, ..]] && key == asked.Key
            ? new LegReceipt(Reference: null)
            : WireFailure.Binding("01");

    public static Reading<BoxReceipt> Receipt(BoxFile file, LegKey asked)
    {
        if (file.LinesOf("51").ToList() is not [[var key, var reference, var standing]])
        {
            return WireFailure.Field("51");
        }

        if (key != asked.Key)
        {
            return WireFailure.Binding("51");
        }

        if (reference.Length > LongestReference)
        {
            return WireFailure.Field("reference");
        }

        if (asked.Reference is { } known && reference.Length > 0 && reference != known)
        {
            return WireFailure.Binding("reference");
        }

        var number = WireText.Clean(reference);
        return standing switch
        {
            "在办" => new BoxReceipt(IsThere: true, new LegReceipt(number)),
            "已撤" => new BoxReceipt(IsThere: true, new LegReceipt(number, IsWithdrawn: true)),
            "无单" => new BoxReceipt(IsThere: false, new LegReceipt(number)),
            "退件" when Missing(file) is { Count: > 0 } missing => new BoxReceipt(
                IsThere: true,
                new LegReceipt(Reference: null) { Missing = missing }
            ),
            _ => WireFailure.Field("standing"),
        };
    }

    public static Reading<ProviderStatus> Status(BoxFile file, string number, LegKey asked)
    {
        if (file.LinesOf("61").ToList() is not [[var key, var code, var at, var detail, var who]])
        {
            return WireFailure.Field("61");
        }

        if (key != asked.Key)
        {
            return WireFailure.Binding("61");
        }

        var fees = file.LinesOf("63").ToList();
        if (fees.Exists(fee => fee.Count != 2))
        {
            return WireFailure.Field("63");
        }

        var written = new WrittenStatus
        {
            Id = number,
            Code = WireText.Clean(code),
            At = at,
            Detail = WireText.Clean(detail),
            Who = who switch
            {
                "客户" => "applicant",
                "公司" => "provider",
                "政府" => "authority",
                _ => null,
            },
            Missing = Missing(file),
            Fees = [.. fees.Select(fee => ((string?)fee[0], (string?)fee[1]))],
        };
        return written.Read(asked, Codes).Succeeded(out var status, out var failure) ? status : failure;
    }

    public static Reading<VisitReply> Visit(BoxFile file, LegKey asked, VisitSlot slot) =>
        file.LinesOf("64").ToList() switch
        {
            [[var key, var from, _]] when key != asked.Key || from != WireTime.Text(slot.From) => WireFailure.Binding(
                "64"
            ),
            [[_, _, "可"]] => new VisitReply(IsConfirmed: true),
            [[_, _, "否"]] => new VisitReply(IsConfirmed: false),
            _ => WireFailure.Field("64"),
        };

    public static Reading<TransferCheck> Check(BoxFile file, TransferQuestion asked) =>
        file.LinesOf("65").ToList() switch
        {
            [[var account, ..]] when account != asked.Account => WireFailure.Binding("65"),
            [[_, "无户", _]] => new Reading<TransferCheck>.Unknown(),
            [[_, ("欠费" or "不欠") and var owes, ("原户" or "他户") and var holder]] => new TransferCheck(
                owes == "欠费",
                holder == "原户"
            ),
            _ => WireFailure.Field("65"),
        };

    private static List<string> Missing(BoxFile file) =>
        [
            .. file.LinesOf("52")
                .Select(line => TelevisionFileWriter.Fields.InFormWords(line.Count == 1 ? line[0] : null) ?? "?"),
        ];
}
