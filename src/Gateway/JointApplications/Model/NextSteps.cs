using Integration.Contracts.V1.JointApplications;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>What happens next with a leg and through whom, in one sentence for the applicant. Pure.</summary>
internal static class NextSteps
{
    /// <summary>The next step.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="by">When the clock that runs is due, or the registry is asked again; null: neither.</param>
    public static NextStep For(Leg leg, DateTimeOffset? by)
    {
        var provider = UtilityWords.Provider(leg.Utility);
        return new NextStep
        {
            Text = OfEnded(leg, provider) ?? OfWork(leg, provider) ?? OfState(leg, provider),
            By = by,
        };
    }

    private static string? OfEnded(Leg leg, string provider) =>
        leg switch
        {
            { State: LegState.Withdrawn } => $"已向{provider}撤回，无需再办理。",
            { State: LegState.Closed } => $"{provider}已办结。",
            { IsUnwanted: true, State: LegState.Connected } =>
                $"{provider}报告已接通，与撤回申请不符，办事大厅正在核实。",
            { IsUnwanted: true } => $"正在向{provider}撤回申请。",
            _ => null,
        };

    /// <summary>What keeps a leg from its provider, or in doubt.</summary>
    private static string? OfWork(Leg leg, string provider) =>
        leg switch
        {
            { Work: LegWork.Hold } when TransferLegs.IsSeized(leg) =>
                $"不动产已被查封，解除查封后重新提交，由{provider}办理过户。",
            { Work: LegWork.Hold } when PlaceTaken.IsHeld(leg) =>
                $"同一申请人在同一地点已有在办的同类申请，请向原受理窗口或服务热线核实；该申请办结或撤回后重新提交，由{provider}办理。",
            { Work: LegWork.Hold, Gaps.Count: > 0 } =>
                $"{string.Join("；", leg.Gaps.Select(gap => gap.Text))}。补齐后由{provider}继续办理。",
            _ when TransferLegs.AwaitsTitle(leg) =>
                $"不动产登记机构尚未答复，我们会自动再次查询，查明未被查封后转交{provider}，暂不需要您操作。",
            { Work: LegWork.Hold, State: LegState.Returned } => $"{provider}已退回申请，请按其意见补充后重新提交。",
            { Work: LegWork.Hold } => $"办事大厅正在与{provider}核实，暂不需要您操作。",
            { Work: LegWork.PreCheck } => $"正在向{provider}核对户号和欠费，暂不需要您操作。",
            { Work: LegWork.Send } => $"正在转交{provider}，随后由其受理。",
            { Work: LegWork.Ask } => $"已转交{provider}，正在确认是否收到，暂不需要您操作。",
            { Work: LegWork.Listed } => $"已列入{provider}的待办，等待其领取受理。",
            { Work: LegWork.Withdraw or LegWork.AskWithdrawn or LegWork.ListedWithdrawal } =>
                $"正在向{provider}撤回申请。",
            _ => null,
        };

    private static string OfState(Leg leg, string provider) =>
        leg.State switch
        {
            LegState.Received or LegState.Returned => $"等待{provider}受理。",
            LegState.Accepted => $"{provider}已受理，下一步由其安排上门勘察。",
            LegState.SurveyScheduled => $"{provider}将按约定时间上门勘察，请您届时在场。",
            LegState.Surveyed => $"{provider}已完成勘察，正在制定方案。",
            LegState.PlanAnswered => $"{provider}已答复方案，下一步由其安排施工。",
            LegState.AwaitingCustomer => $"请您按{provider}的通知办理，办妥后由其继续。",
            LegState.AwaitingPermit => $"正在等待行政许可，许可下达后由{provider}继续办理。",
            LegState.Construction => $"{provider}正在施工，完工后由其组织验收。",
            LegState.Inspected => $"{provider}已验收，即将为您接通。",
            LegState.Connected => $"{provider}已接通，正在归档，无需您操作。",
            LegState.Suspended => Suspended(leg, provider),
            _ => throw new ArgumentOutOfRangeException(
                nameof(leg),
                leg.State,
                "A leg that has ended has no next step."
            ),
        };

    private static string Suspended(Leg leg, string provider) =>
        leg.Suspension?.Who switch
        {
            "applicant" => $"因您的原因暂停办理，您办妥后由{provider}继续。",
            "authority" => $"因行政审批暂停办理，恢复后由{provider}继续。",
            _ => $"{provider}暂停办理，恢复后由其继续。",
        };
}
