using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Verifications.Comparing;

namespace Integration.Gateway.Applications.Model;

/// <summary>One rule: when it applies, it decides.</summary>
internal sealed record DecisionRule(
    string Name,
    DecisionOutcome Outcome,
    Func<ApplicationStanding, bool> Applies,
    Func<ApplicationStanding, string> Explain
);

/// <summary>
/// The decision: the first rule that applies. What needs a person comes first, then what waits for an agency, then what
/// waits for papers; the last rule always applies. No rule refuses (个人信息保护法 Art. 24). docs/spec/decisions.md lists
/// the same rules in the same order.
/// </summary>
internal static class DecisionRules
{
    public static IReadOnlyList<DecisionRule> All { get; } =
    [
        Review(
            "deceased",
            c => c.Differs(Fields.VitalStatus),
            "登记信息显示申请人、成员或产权人已故，需人工核实继承或代理情况。"
        ),
        Review(
            "licence-not-active",
            c => c.LicenceDiffers(Fields.Status),
            "营业执照登记状态为吊销、注销或非正常，需人工核实主体资格。"
        ),
        Review(
            "licence-status-unknown",
            c => c.LicenceStatusIsUnknown,
            "营业执照的登记状态用语不在现行词表中，不视为异常，需人工核实。"
        ),
        Review(
            "seizure-forbids-transfer",
            c => c.TitleIsSeized && c.Service.ForbiddenBySeizure,
            "该不动产已被查封，查封期间不能过户，需人工核实。"
        ),
        Review("title-seized", c => c.TitleIsSeized, "该不动产已被查封，需人工核实后办理。"),
        Review("ambiguous", c => c.Has(CheckOutcome.Ambiguous), "部门登记信息有多条相符或相互矛盾，需人工核实。"),
        Review("not-authorised", c => c.Has(CheckOutcome.NotAuthorised), "数据部门未授权查询此项信息，需人工核实。"),
        Review("arrears", c => c.Differs(Fields.Arrears), "该用电户存在欠费，请结清后由人工复核办理。"),
        Review("mismatch", c => c.Has(CheckOutcome.Mismatch), "所填信息与部门登记信息不一致，需人工核实。"),
        Review(
            "source-silent",
            c => c.HasUnanswered && !c.AsksAgain,
            "数据部门在规定期限内一直未答复，转人工核实，无需您重复提交。"
        ),
        new(
            "source-unavailable",
            DecisionOutcome.Provisional,
            c => c.HasUnanswered,
            c =>
                c.Missing.Count == 0
                    ? "已受理。部分数据部门暂未答复，系统将自动再次核验，目前无需您提供材料。"
                    : $"已受理。部分数据部门暂未答复，系统将自动再次核验；另需您提供：{c.MissingTexts}。"
        ),
        new(
            "papers-missing",
            DecisionOutcome.Supplement,
            c => c.Missing.Count > 0 && c.Papers >= 2,
            c => $"请一次性补齐以下材料：{c.MissingTexts}。"
        ),
        new(
            "one-paper-missing",
            DecisionOutcome.OneCertificate,
            c => c.Missing.Count == 1,
            c => $"其余证明已通过数据共享核验，仅需提供：{c.MissingTexts}。"
        ),
        new(
            "commitments-open",
            DecisionOutcome.Provisional,
            c => c.Commitments > 0,
            _ => "已按承诺容缺受理，请在期限内补交所承诺的材料。"
        ),
        Review("papers-complete", c => c.Uploads >= 2, "材料已齐全，等待人工核验所交材料。"),
        new(
            "one-paper",
            DecisionOutcome.OneCertificate,
            c => c.Uploads == 1,
            _ => "已受理。除所交一份材料外，其余证明均已通过数据共享核验。"
        ),
        new(
            "all-proofs-shared",
            DecisionOutcome.ZeroCertificate,
            _ => true,
            _ => "已受理。全部证明均已通过数据共享核验，无需提供任何纸质材料。"
        ),
    ];

    public static DecisionRule For(ApplicationStanding standing) => All.First(rule => rule.Applies(standing));

    private static DecisionRule Review(string name, Func<ApplicationStanding, bool> applies, string explanation) =>
        new(name, DecisionOutcome.Review, applies, _ => explanation);
}
