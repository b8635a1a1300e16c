using Integration.Gateway.Grants;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.Policy;

namespace Integration.Gateway.JointApplications.Proofs;

/// <summary>What asking again by itself makes of a joint application, and when it is done the next time. Pure.</summary>
internal static class Asking
{
    private const string Title = ServiceFields.PropertyTitle;

    /// <summary>Answers came: legs that nothing holds any more go on.</summary>
    public static JointChange Answered(JointFile file, IReadOnlyList<FetchedProof> fresh, DateTimeOffset now)
    {
        var laid = LaterProofs.Lay(file, fresh, now);
        return laid with { File = HeldLegs.GoOn(file, laid.File, now) };
    }

    /// <summary>The caller may not have it asked; a grant that is renewed finds it waiting.</summary>
    public static JointChange NotAsked(JointFile file, string why) =>
        new(file) { Facts = [new JointFact("joint", "not-asked-again", why)] };

    /// <summary>
    /// The change with the moment of the next time. After the last one, what holds a leg has to come from the applicant: the
    /// registry is not asked for ever, and no leg waits without anybody knowing.
    /// </summary>
    public static JointChange Planned(JointChange change, RecheckPolicy recheck, DateTimeOffset now)
    {
        var file = change.File;
        var times = file.AskedAgain + 1;
        var next = recheck.Next(times, file.OpenedAt, now);
        var planned = file with { AskedAgain = times, AskAgainAt = next };
        var open = LaterProofs.Open(planned);
        if (next is not null || open.Count == 0)
        {
            return change with { File = planned };
        }

        var ended = planned with { Legs = [.. planned.Legs.Select(GivenUp)] };
        var news = ProofNews.After(planned, ended).ToList();
        return change with
        {
            File = ended,
            Facts =
            [
                .. change.Facts,
                new JointFact("joint", "asked-no-more", string.Join(',', open)),
                .. news.Select(told => told.Fact),
            ],
            Notices =
            [
                .. change.Notices,
                .. news.Select(told => JointNews.Problem(ended, told.Utility, TransferLegs.TitleUnanswered, now)),
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
