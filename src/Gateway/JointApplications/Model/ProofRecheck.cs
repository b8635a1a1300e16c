using Integration.Gateway.Grants;
using Integration.Gateway.Policy;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>What asking again by itself makes of a joint application, and when it is done the next time. Pure.</summary>
internal static class ProofRecheck
{
    private const string Title = ServiceFields.PropertyTitle;

    /// <summary>Answers came: legs that nothing holds any more go on.</summary>
    public static JointChange Answered(JointApplication joint, IReadOnlyList<FetchedProof> fresh, DateTimeOffset now)
    {
        var laid = LaterProofs.Lay(joint, fresh, now);
        return laid with { Joint = HeldLegs.GoOn(joint, laid.Joint, now) };
    }

    /// <summary>The caller may not have it asked; a grant that is renewed finds it waiting.</summary>
    public static JointChange NotAsked(JointApplication joint, string why) =>
        new(joint) { Facts = [new JointFact("joint", "not-asked-again", why)] };

    /// <summary>
    /// The change with the moment of the next time. After the last one, what holds a leg has to come from the applicant: the
    /// registry is not asked for ever, and no leg waits unnoticed.
    /// </summary>
    public static JointChange Planned(JointChange change, RecheckPolicy recheck, DateTimeOffset now)
    {
        var joint = change.Joint;
        var times = joint.AskedAgain + 1;
        var next = recheck.Next(times, joint.OpenedAt, now);
        var planned = joint with { AskedAgain = times, AskAgainAt = next };
        var open = LaterProofs.Open(planned);
        if (next is not null || open.Count == 0)
        {
            return change with { Joint = planned };
        }

        var ended = planned with { Legs = [.. planned.Legs.Select(GivenUp)] };
        var raised = ProofNotices.After(planned, ended).ToList();
        return change with
        {
            Joint = ended,
            Facts =
            [
                .. change.Facts,
                new JointFact("joint", "asked-no-more", string.Join(',', open)),
                .. raised.Select(each => each.Fact),
            ],
            Notices =
            [
                .. change.Notices,
                .. raised.Select(each => JointNotice.Problem(ended, each.Utility, LegProblems.TitleUnanswered, now)),
            ],
        };
    }

    private static Leg GivenUp(Leg leg) =>
        TransferLegs.AwaitsTitle(leg)
            ? leg with
            {
                Gaps =
                [
                    .. leg.Gaps.Where(gap => gap.Item != Title),
                    new LegGap(Title, "不动产登记机构在规定期限内一直未答复，请提供其出具的查封情况查询证明"),
                ],
            }
            : leg;
}
