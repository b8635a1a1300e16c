using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Clocks;

namespace Integration.Gateway.JointApplications.Answering;

/// <summary>How the joint visit stands: derived from what each provider answered.</summary>
internal static class VisitAnswer
{
    /// <summary>Null: none is proposed.</summary>
    public static SurveyAnswer? Of(JointFile file)
    {
        if (file.Visit is not { } visit)
        {
            return null;
        }

        var asked = file.Legs.Where(leg => !leg.HasEnded).ToList();
        var declined = asked.Where(leg => leg.ConfirmsVisit == false).Select(leg => leg.Utility).ToList();
        var confirmed = asked.Where(leg => leg.ConfirmsVisit == true).Select(leg => leg.Utility).ToList();
        return new SurveyAnswer
        {
            From = ChinaTime.In(visit.From),
            Until = ChinaTime.In(visit.Until),
            State =
                declined.Count > 0 ? SurveyState.Declined
                : confirmed.Count == asked.Count ? SurveyState.Arranged
                : SurveyState.Proposed,
            Confirmed = confirmed,
            Declined = declined,
            SharedWith = visit.SharedWith,
        };
    }
}
