using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Verifications.Comparing;

/// <summary>One sentence in Chinese for the caller's staff: what an outcome means and what to do next. Holds no values.</summary>
internal static class Notes
{
    /// <summary>The sentence, or null on a plain match.</summary>
    /// <param name="kind">What was checked.</param>
    /// <param name="verdict">What came of it.</param>
    /// <param name="isInMaintenance">Whether no source answered because operators have taken the agencies out of service.</param>
    public static string? For(CheckKind kind, Verdict verdict, bool isInMaintenance = false) =>
        verdict.Outcome switch
        {
            _ when verdict.IsWithheld =>
                $"申请人与该不动产或企业的关系尚未核实，未查询{Record(kind)}；请先按该项核验的提示更正或补充材料。",
            CheckOutcome.Match when verdict.Facts.TitleIsSeized == true =>
                "权属信息一致，但该不动产已被查封，请转人工核实。",
            CheckOutcome.Match when verdict.NotComparable.Count > 0 => NotComparable(verdict),
            CheckOutcome.Match => null,
            CheckOutcome.Mismatch =>
                $"{Record(kind)}与所填信息不一致（{Differences(verdict)}），请核对后更正，或转人工核实。",
            CheckOutcome.NotFound => $"已查询的部门均无此{Record(kind)}，请核对所填信息，或提供相应材料。",
            CheckOutcome.Ambiguous => $"多条{Record(kind)}相符或各部门信息相互矛盾，请转人工核实。",
            CheckOutcome.SourceUnavailable when isInMaintenance =>
                "平台运维人员已暂停该数据部门的接入（维护中），与申请人无关，请稍后重试；已受理的申请由系统自动再次核验。",
            CheckOutcome.SourceUnavailable =>
                "数据部门暂未答复，与申请人无关，请稍后重试；已受理的申请由系统自动再次核验。",
            CheckOutcome.NotAuthorised => "数据部门未授权我方查询此项信息，请转人工核实，并通知平台管理员。",
            CheckOutcome.Stale => $"查到的{Record(kind)}已非现行有效，请提供最新证明材料。",
            _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict.Outcome, message: null),
        };

    private static string Record(CheckKind kind) =>
        kind switch
        {
            CheckKind.Identity => "人口登记信息",
            CheckKind.BusinessLicence => "市场主体登记信息",
            CheckKind.PropertyTitle => "不动产登记信息",
            CheckKind.UtilityAccount => "用电户信息",
            CheckKind.Household => "姓名变更登记信息",
            CheckKind.ProjectApproval => "项目核准备案信息",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
        };

    private static string NotComparable(Verdict verdict)
    {
        var fields = string.Join('、', verdict.NotComparable.Select(Field));
        var word = verdict.UnknownStatus is { } status ? $"登记状态“{status}”不在词表中；" : "";
        return $"{word}登记信息中的{fields}缺失、脱敏或写法不同，未作比对，不视为不一致；其余信息一致，请结合材料判断。";
    }

    private static string Differences(Verdict verdict) => string.Join('、', verdict.Mismatches.Select(Field));

    private static string Field(string field) =>
        field switch
        {
            Fields.Name => "名称",
            Fields.VitalStatus => "登记为已故",
            Fields.LegalRepresentative => "法定代表人",
            Fields.Status => "经营状态",
            Fields.CertificateNumber => "不动产权证号",
            Fields.UnitNumber => "不动产单元号",
            Fields.HolderName => "权利人或户主名称",
            Fields.HolderCode => "权利人或户主证件号码",
            Fields.Arrears => "存在欠费",
            Fields.FormerName => "曾用名",
            _ => throw new ArgumentOutOfRangeException(nameof(field), field, message: null),
        };
}
