using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Verifications;

namespace Integration.Try.Scenario;

/// <summary>The API's codes in Chinese.</summary>
internal static class Words
{
    public static string For(DecisionOutcome outcome) =>
        outcome switch
        {
            DecisionOutcome.ZeroCertificate => "零证办电",
            DecisionOutcome.OneCertificate => "一证办电",
            DecisionOutcome.Provisional => "先行受理",
            DecisionOutcome.Supplement => "一次性补正",
            _ => "人工复核",
        };

    public static string For(Utility utility) =>
        utility switch
        {
            Utility.Electricity => "供电",
            Utility.Water => "供水",
            Utility.Gas => "燃气",
            Utility.Network => "网络",
            _ => "电视",
        };

    public static string For(CheckOutcome outcome) =>
        outcome switch
        {
            CheckOutcome.Match => "一致",
            CheckOutcome.Mismatch => "不一致",
            CheckOutcome.NotFound => "无记录",
            CheckOutcome.Ambiguous => "存疑",
            CheckOutcome.SourceUnavailable => "暂未答复",
            CheckOutcome.NotAuthorised => "未授权",
            _ => "已变更",
        };

    public static string ColourOf(CheckOutcome outcome) =>
        outcome switch
        {
            CheckOutcome.Match => "green",
            CheckOutcome.Mismatch or CheckOutcome.NotFound => "red",
            _ => "yellow",
        };

    public static string For(ClockKind kind) =>
        kind switch
        {
            ClockKind.WallMinutes => "自然时间",
            ClockKind.BusinessMinutes => "办公时间",
            _ => "工作日",
        };

    public static string For(ClockColour colour) =>
        colour switch
        {
            ClockColour.Blue => "正常",
            ClockColour.Yellow => "预警",
            _ => "超期",
        };

    public static string ColourOf(ClockColour colour) =>
        colour switch
        {
            ClockColour.Blue => "blue",
            ClockColour.Yellow => "yellow",
            _ => "red",
        };
}
