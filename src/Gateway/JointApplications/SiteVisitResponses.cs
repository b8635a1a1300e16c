using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Clocks;
using Integration.Gateway.JointApplications.Model;

namespace Integration.Gateway.JointApplications;

/// <summary>How the joint visit stands: derived from what each provider answered.</summary>
internal static class SiteVisitResponses
{
    /// <summary>Null: none is proposed.</summary>
    public static SurveyResponse? From(JointApplication joint) =>
        joint.Visit is { } visit && SiteVisit.StateOf(joint) is { } state
            ? new SurveyResponse
            {
                From = ChinaTime.In(visit.From),
                Until = ChinaTime.In(visit.Until),
                State = state,
                Confirmed = [.. SiteVisit.Confirmed(joint)],
                Declined = [.. SiteVisit.Declined(joint)],
                SharedWith = visit.SharedWith,
            }
            : null;
}
