using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Clocks;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>
/// What the legs do together, settled after every change of any of them and committed with it. Pure.
/// <code>
///  a change ──▶ permits: who waits ──▶ visit: who is asked, is it arranged ──▶ acceptance: is every leg inspected ──▶ evidence, notices
/// </code>
/// Settling a second time changes nothing.
/// </summary>
internal static class JointEffects
{
    /// <summary>The change with what follows from it.</summary>
    public static JointChange After(JointApplication before, JointChange change, DateTimeOffset now)
    {
        var changed = change.Joint;
        if (ReferenceEquals(changed, before))
        {
            return change;
        }

        var permitted = Permits.Settle(before, changed, now);
        var visited = SiteVisit.Settle(permitted, now);
        var settled = JointAcceptance.Settle(visited, now);
        var notifications = Notifications(before, settled, now).ToList();
        return change with
        {
            Joint = settled,
            Facts = [.. change.Facts, .. Moves(before, changed, settled), .. notifications.Select(entry => entry.Fact)],
            Notices = [.. change.Notices, .. notifications.Select(entry => entry.Notice)],
        };
    }

    /// <summary>The joint application with its clocks as they have to be now, and the moments at which it is woken; the same when nothing follows.</summary>
    public static JointApplication Timed(JointApplication joint, SlaClock clock, DateTimeOffset now)
    {
        var asking =
            joint.AskAgainAt is null || LaterProofs.Open(joint).Count > 0 ? joint : joint with { AskAgainAt = null };
        var followed = JointClocks.Follow(asking, now);
        var next = JointDeadlineCheck.Next(followed, clock, now);
        return next == followed.LookAt ? followed : followed with { LookAt = next };
    }

    /// <summary>States that the gateway moved, not a provider. A leg that goes on waiting has not moved.</summary>
    private static IEnumerable<JointFact> Moves(
        JointApplication before,
        JointApplication changed,
        JointApplication settled
    ) =>
        changed
            .Legs.Zip(settled.Legs)
            .Where(pair =>
                pair.First.State != pair.Second.State && before.Leg(pair.First.Utility)?.State != pair.Second.State
            )
            .Select(pair => new JointFact(
                JsonNames.From(pair.Second.Utility),
                $"state {JsonNames.From(pair.Second.State)}",
                "settled"
            ));

    private static IEnumerable<(JointFact Fact, Notice Notice)> Notifications(
        JointApplication before,
        JointApplication after,
        DateTimeOffset now
    ) =>
        [
            .. VisitNotifications(before, after, now),
            .. PermitNotifications(before, after, now),
            .. AcceptanceNotifications(before, after, now),
        ];

    private static IEnumerable<(JointFact, Notice)> VisitNotifications(
        JointApplication before,
        JointApplication after,
        DateTimeOffset now
    )
    {
        if (after.Visit is not { } visit)
        {
            yield break;
        }

        var isNew = before.Visit?.Number != visit.Number;
        if (
            SiteVisit.StateOf(after) == SurveyState.Arranged
            && (isNew || SiteVisit.StateOf(before) != SurveyState.Arranged)
        )
        {
            yield return Entry("arranged", NoticeTypes.JointSurveyArranged, SiteVisit.Confirmed(after));
        }

        var declined = SiteVisit.Declined(after).Except(isNew ? [] : SiteVisit.Declined(before)).ToList();
        if (declined.Count > 0)
        {
            yield return Entry("declined", NoticeTypes.JointSurveyDeclined, declined);
        }

        (JointFact, Notice) Entry(string outcome, string type, IEnumerable<Utility> utilities)
        {
            var names = JointNotice.Names(utilities);
            return (
                new JointFact("survey", outcome, names),
                JointNotice.Create(
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

    private static IEnumerable<(JointFact, Notice)> PermitNotifications(
        JointApplication before,
        JointApplication after,
        DateTimeOffset now
    )
    {
        foreach (var permit in after.Permits.Where(permit => permit.State == PermitState.Refused))
        {
            if (!before.Permits.Contains(permit))
            {
                var names = JointNotice.Names(permit.Utilities);
                var kind = JsonNames.From(permit.Kind);
                yield return (
                    new JointFact("permit", "legs stand still", names),
                    JointNotice.Create(
                        after,
                        NoticeTypes.JointPermitRefused,
                        now,
                        ("permit", kind),
                        ("utilities", names)
                    )
                );
            }
        }

        foreach (var leg in after.Legs.Where(leg => Permits.IsWithoutPermit(leg)))
        {
            if (before.Leg(leg.Utility) is { } was && !Permits.IsWithoutPermit(was))
            {
                var utility = JsonNames.From(leg.Utility);
                yield return (
                    new JointFact(utility, $"problem {LegProblems.WithoutPermit}"),
                    JointNotice.Problem(after, leg.Utility, LegProblems.WithoutPermit, now)
                );
            }
        }
    }

    private static IEnumerable<(JointFact, Notice)> AcceptanceNotifications(
        JointApplication before,
        JointApplication after,
        DateTimeOffset now
    )
    {
        if (before.AcceptedJointlyAt is null && after.AcceptedJointlyAt is not null)
        {
            var names = JointNotice.Names(JointAcceptance.Wanted(after).Select(leg => leg.Utility));
            yield return (
                new JointFact("joint", "inspected", names),
                JointNotice.Create(after, NoticeTypes.JointInspected, now, ("utilities", names))
            );
        }
    }

    private static string Text(DateTimeOffset moment) =>
        ChinaTime.In(moment).ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
}
