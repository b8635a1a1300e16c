using Integration.Contracts.V1.JointApplications;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>
/// Whose time runs, from where legs stand and nothing else. Pure.
/// <code>
///  held or returned, something is missing      applicant
///  awaitingCustomer                            applicant
///  awaitingPermit                              authority
///  held by a seizure                           authority
///  held, the registry has not answered         authority
///  suspended by the applicant, an authority    applicant, authority
///  anything else, also suspended by itself     provider
///  the whole: every open leg waits             applicant if one leg waits for it, else authority
/// </code>
/// </summary>
internal static class LegWaits
{
    /// <summary>The waits with what holds from now on. The same list when nothing changes.</summary>
    public static IReadOnlyList<LegWait> Follow(
        IReadOnlyList<LegWait> waits,
        (WaitsFor Who, string Reason)? cause,
        DateTimeOffset now
    )
    {
        var last = waits is [.., { Until: null } open] ? open : null;
        if (last?.Who == cause?.Who && last?.Reason == cause?.Reason)
        {
            return waits;
        }

        IReadOnlyList<LegWait> ended = last is null ? waits : [.. waits.SkipLast(1), last with { Until = now }];
        return cause is var (who, reason) ? [.. ended, new LegWait(who, reason, now, Until: null)] : ended;
    }

    /// <summary>Who has to act for a leg; null: its provider, or it has ended.</summary>
    public static (WaitsFor Who, string Reason)? CauseOf(Leg leg) =>
        leg switch
        {
            _ when IsOver(leg) => null,
            { Work: LegWork.Hold, State: LegState.Returned } => (WaitsFor.Applicant, "returned"),
            { Work: LegWork.Hold } when TransferLegs.IsSeized(leg) => (WaitsFor.Authority, "seizure"),
            { Work: LegWork.Hold, Gaps.Count: > 0 } => (WaitsFor.Applicant, "gaps"),
            _ when TransferLegs.AwaitsTitle(leg) => (WaitsFor.Authority, LegProblems.TitleUnanswered),
            { State: LegState.Suspended, Suspension.Who: "applicant" } => (WaitsFor.Applicant, "suspended"),
            { State: LegState.Suspended, Suspension.Who: "authority" } => (WaitsFor.Authority, "suspended"),
            { State: LegState.AwaitingCustomer } => (WaitsFor.Applicant, "awaitingCustomer"),
            { State: LegState.AwaitingPermit } => (WaitsFor.Authority, "awaitingPermit"),
            _ => null,
        };

    /// <summary>Who has to act before any leg goes on; null: a provider, or all have ended.</summary>
    public static (WaitsFor Who, string Reason)? CauseOf(IReadOnlyList<Leg> legs)
    {
        var causes = legs.Where(leg => !IsOver(leg)).Select(CauseOf).ToList();
        return causes.Count == 0 || causes.Contains(null)
            ? null
            : (causes.Min(cause => cause!.Value.Who), "every-leg-waits");
    }

    /// <summary>Nothing of the leg is limited any more: it supplies, or was taken back.</summary>
    public static bool IsOver(Leg leg) => leg.HasEnded || leg.IsUnwanted || leg.Reached == LegState.Connected;
}
