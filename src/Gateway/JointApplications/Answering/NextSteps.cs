using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Legs;

namespace Integration.Gateway.JointApplications.Answering;

/// <summary>What happens next with a leg, in one sentence for the applicant. Pure.</summary>
internal static class NextSteps
{
    public static NextStep Of(Leg leg, DateTimeOffset? by) => new() { Text = Text(leg), By = by };

    private static string Text(Leg leg)
    {
        var provider = UtilityWords.Provider(leg.Utility);
        return leg switch
        {
            { State: LegState.Withdrawn } => "已撤回，无需办理。",
            { State: LegState.Closed } => "已办结。",
            { IsUnwanted: true } => $"正在向{provider}撤回申请。",
            { Work: LegWork.Hold, Gaps.Count: > 0 } =>
                $"请补充：{string.Join("；", leg.Gaps.Select(gap => gap.Text))}。",
            { Work: LegWork.Hold } => $"正在由办事大厅与{provider}核实。",
            { Work: LegWork.Send } => $"正在转交{provider}。",
            { Work: LegWork.Ask } => $"已转交{provider}，正在确认是否收到。",
            { Work: LegWork.Listed } => $"等待{provider}领取。",
            { State: LegState.Suspended } => $"{provider}暂停办理，恢复后继续。",
            { State: LegState.Received } => $"等待{provider}受理。",
            { State: LegState.Accepted } => $"{provider}已受理，等待安排勘察。",
            { State: LegState.SurveyScheduled } => $"{provider}将按约定时间上门勘察。",
            { State: LegState.Surveyed } => $"{provider}已勘察，正在制定方案。",
            { State: LegState.PlanAnswered } => $"{provider}已答复方案，即将施工。",
            { State: LegState.AwaitingCustomer } => $"等待您按{provider}的通知办理。",
            { State: LegState.AwaitingPermit } => "等待行政许可。",
            { State: LegState.Construction } => $"{provider}正在施工。",
            { State: LegState.Inspected } => $"{provider}已验收，即将接通。",
            { State: LegState.Connected } => "已接通，正在归档。",
            _ => $"请向{provider}查询。",
        };
    }
}
