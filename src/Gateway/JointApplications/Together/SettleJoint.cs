using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Clocks;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications.Together;

/// <summary>
/// What the legs do together, settled after every change of any of them and committed with it. Pure.
/// <code>
///  a change ──▶ permits: who waits ──▶ visit: who is asked, is it arranged ──▶ acceptance: is everybody inspected ──▶ evidence, notices
/// </code>
/// Settling a second time changes nothing.
/// </summary>
internal static class SettleJoint
{
    /// <summary>The change with what follows from it.</summary>
    public static JointChange After(JointFile before, JointChange change, DateTimeOffset now)
    {
        var changed = change.File;
        if (ReferenceEquals(changed, before))
        {
            return change;
        }

        var permitted = Permits.Settle(before, changed, now);
        var visited = Visits.Settle(permitted, now);
        var settled = JointAcceptance.Settle(visited, now);
        var news = News(before, settled, now).ToList();
        return change with
        {
            File = settled,
            Facts = [.. change.Facts, .. Moves(before, changed, settled), .. news.Select(entry => entry.Fact)],
            Notices = [.. change.Notices, .. news.Select(entry => entry.Notice)],
        };
    }

    /// <summary>States that the gateway moved, not a provider. A leg that goes on waiting has not moved.</summary>
    private static IEnumerable<JointFact> Moves(JointFile before, JointFile changed, JointFile settled) =>
        changed
            .Legs.Zip(settled.Legs)
            .Where(pair =>
                pair.First.State != pair.Second.State && before.Leg(pair.First.Utility)?.State != pair.Second.State
            )
            .Select(pair => new JointFact(
                JsonNames.Of(pair.Second.Utility),
                $"state {JsonNames.Of(pair.Second.State)}",
                "settled"
            ));

    private static IEnumerable<(JointFact Fact, Notice Notice)> News(
        JointFile before,
        JointFile after,
        DateTimeOffset now
    ) => [.. VisitNews(before, after, now), .. PermitNews(before, after, now), .. AcceptanceNews(before, after, now)];

    private static IEnumerable<(JointFact, Notice)> VisitNews(JointFile before, JointFile after, DateTimeOffset now)
    {
        if (after.Visit is not { } visit)
        {
            yield break;
        }

        var isNew = before.Visit?.Number != visit.Number;
        if (Visits.StateOf(after) == SurveyState.Arranged && (isNew || Visits.StateOf(before) != SurveyState.Arranged))
        {
            yield return Entry("arranged", NoticeTypes.JointSurveyArranged, Visits.Confirmed(after));
        }

        var declined = Visits.Declined(after).Except(isNew ? [] : Visits.Declined(before)).ToList();
        if (declined.Count > 0)
        {
            yield return Entry("declined", NoticeTypes.JointSurveyDeclined, declined);
        }

        (JointFact, Notice) Entry(string outcome, string type, IEnumerable<Utility> utilities)
        {
            var names = JointNews.Names(utilities);
            return (
                new JointFact("survey", outcome, names),
                JointNews.Of(
                    after,
                    type,
                    now,
                    ("from", Text(visit.From)),
                    ("until", Text(visit.Until)),
                    ("utilities", names)
                )
            );
        }
    }

    private static IEnumerable<(JointFact, Notice)> PermitNews(JointFile before, JointFile after, DateTimeOffset now)
    {
        foreach (var permit in after.Permits.Where(permit => permit.State == PermitState.Refused))
        {
            if (!before.Permits.Contains(permit))
            {
                var names = JointNews.Names(permit.Utilities);
                var kind = JsonNames.Of(permit.Permit);
                yield return (
                    new JointFact("permit", "legs stand still", names),
                    JointNews.Of(after, NoticeTypes.JointPermitRefused, now, ("permit", kind), ("utilities", names))
                );
            }
        }

        foreach (var leg in after.Legs.Where(leg => Permits.IsWithoutPermit(leg)))
        {
            if (before.Leg(leg.Utility) is { } was && !Permits.IsWithoutPermit(was))
            {
                var utility = JsonNames.Of(leg.Utility);
                yield return (
                    new JointFact(utility, $"problem {Permits.WithoutPermit}"),
                    JointNews.Problem(after, leg.Utility, Permits.WithoutPermit, now)
                );
            }
        }
    }

    private static IEnumerable<(JointFact, Notice)> AcceptanceNews(
        JointFile before,
        JointFile after,
        DateTimeOffset now
    )
    {
        if (before.AcceptedJointlyAt is null && after.AcceptedJointlyAt is not null)
        {
            var names = JointNews.Names(JointAcceptance.Wanted(after).Select(leg => leg.Utility));
            yield return (
                new JointFact("joint", "inspected", names),
                JointNews.Of(after, NoticeTypes.JointInspected, now, ("utilities", names))
            );
        }
    }

    private static string Text(DateTimeOffset moment) =>
        ChinaTime.In(moment).ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
}
