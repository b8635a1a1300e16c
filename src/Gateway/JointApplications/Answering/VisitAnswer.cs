using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Clocks;
using Integration.Gateway.JointApplications.Together;

namespace Integration.Gateway.JointApplications.Answering;

/// <summary>How the joint visit stands: derived from what each provider answered.</summary>
internal static class VisitAnswer
{
    /// <summary>Null: none is proposed.</summary>
    public static SurveyAnswer? Of(JointFile file) =>
        file.Visit is { } visit && Visits.StateOf(file) is { } state
            ? new SurveyAnswer
            {
                From = ChinaTime.In(visit.From),
                Until = ChinaTime.In(visit.Until),
                State = state,
                Confirmed = [.. Visits.Confirmed(file)],
                Declined = [.. Visits.Declined(file)],
                SharedWith = visit.SharedWith,
            }
            : null;
}
