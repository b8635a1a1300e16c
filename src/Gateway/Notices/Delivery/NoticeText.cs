namespace Integration.Gateway.Notices.Delivery;

/// <summary>What happened and what to do next, for people, in Chinese. Without personal data.</summary>
internal static class NoticeText
{
    public static (string Text, string Next) For(string type) =>
        type switch
        {
            NoticeTypes.CaseAccepted => (
                "用电报装申请已受理。",
                "请查看受理结果和供电方案；如需补充材料，请按一次性告知清单一次补齐。"
            ),
            NoticeTypes.CaseChanged => (
                "企业登记或用电需求发生变更，本案已按最新信息更新。",
                "请查看更新后的受理结果，并核对正在进行的工作是否需要调整。"
            ),
            NoticeTypes.CaseWithdrawn => ("本案申请已撤回。", "请停止办理；如仍需用电，请重新申请。"),
            NoticeTypes.CaseNeedsReview => (
                "企业开办事件的内容不足以自动受理，需要人工处理。",
                "请按所列字段与推送系统核对，补正后重新推送或由窗口人工受理；受理时限照常计算。"
            ),
            NoticeTypes.CaseUtilitiesWanted => (
                "企业还需要用电以外的市政接入服务。",
                "请将所列服务转交相应单位，并告知企业。"
            ),
            NoticeTypes.ClockWarning => ("本案办理时限已用去七成以上。", "请责任班组加快办理，在到期前完成当前环节。"),
            NoticeTypes.ClockOverdue => ("本案办理时限已到期，尚未办结。", "请立即办理，并说明超期原因。"),
            NoticeTypes.ClockEscalated => (
                "同一责任班组连续出现时限预警，本案已升级督办。",
                "请负责人介入，限期办结并反馈处理情况。"
            ),
            NoticeTypes.JointOpened => (
                "不动产转移登记已完成，水电气等联合过户已受理。",
                "请查看联合过户各项进度；如有缺项，请一次性告知申请人补齐。"
            ),
            NoticeTypes.JointLegChanged => (
                "联合报装中一家单位的办理有了新进展。",
                "请查看联合报装各项进度和下一步安排。"
            ),
            NoticeTypes.JointReturned => (
                "联合报装中一家单位退回申请，需补充材料。",
                "请查看所列缺项，一次补齐后重新提交该项；其他单位照常办理。"
            ),
            NoticeTypes.JointConnected => ("联合报装各项均已接通。", "请核对各项开通情况；如有收费，请对照公示标准。"),
            NoticeTypes.JointReminder => (
                "联合报装办理时限已用去七成以上（催办）。",
                "请承办单位加快办理，在到期前完成当前环节。"
            ),
            NoticeTypes.JointEscalation => (
                "联合报装办理时限已到期，尚未办结（督办）。",
                "请承办单位立即办理并说明超期原因，请负责人跟踪督办。"
            ),
            NoticeTypes.EventConflict => (
                "收到编号相同但内容不同的企业开办事件，后到的事件未采用。",
                "请与推送系统核对，以新的编号重新推送正确内容。"
            ),
            NoticeTypes.EventDeadLetter => (
                "有一条企业开办事件多次处理未成功，已转人工处理。",
                "请运维人员查明原因后放行；时限照常计算。"
            ),
            NoticeTypes.JointProblem => (
                "联合办理中有一项问题需要处理。",
                "请查看办件中所列问题和缺件，核实处理；需要销号的，请登记销号。"
            ),
            NoticeTypes.JointSurveyArranged => (
                "联合勘察时间已由各单位确认。",
                "请告知申请人在所列时间在场，一次上门完成勘察。"
            ),
            NoticeTypes.JointSurveyDeclined => ("有单位不能在提议的时间参加联合勘察。", "请另行提议联合勘察时间。"),
            NoticeTypes.JointPermitRefused => (
                "一项行政许可未获批准，所列单位的工作已暂停。",
                "请告知申请人，并与审批部门核实后重新申请。"
            ),
            NoticeTypes.JointInspected => ("各单位均已完成验收。", "请组织接通，并告知申请人。"),
            _ => ("本案有新的进展。", "请查看案件详情。"),
        };
}
