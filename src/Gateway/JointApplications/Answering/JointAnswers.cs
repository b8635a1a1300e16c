using System.Text.Json;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Clocks;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.JointApplications.Answering;

/// <summary>What callers are told of a joint application.</summary>
internal sealed class JointAnswers(SlaClock clock, TimeProvider time)
{
    public KeptAnswer Of(JointFile file, int status) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(Show(file), ApiJson.Of<JointApplicationAnswer>()));

    public JointApplicationAnswer Show(JointFile file)
    {
        var now = time.GetUtcNow();
        var clocks = new ClockAnswers(file, clock, now);
        return new JointApplicationAnswer
        {
            JointApplicationId = file.JointId,
            CaseId = file.CaseId,
            Kind = file.Kind,
            State = file.State,
            OpenedAt = ChinaTime.In(file.OpenedAt),
            Missing = [.. Gaps(file)],
            Proofs =
            [
                .. file.Proofs.Select(proof => new JointProof
                {
                    Check = proof.Check,
                    Outcome = proof.Outcome,
                    EvidenceId = proof.EvidenceId,
                    HandedTo =
                    [
                        .. file
                            .Legs.Where(leg => leg.Handed.Contains(proof.EvidenceId, StringComparer.Ordinal))
                            .Select(leg => leg.Utility),
                    ],
                }),
            ],
            Legs = [.. file.Legs.Select(leg => Show(leg, clocks, file.AskAgainAt))],
            Survey = VisitAnswer.Of(file),
            Permits = file.Permits.Count > 0 ? file.Permits : null,
            Mandate = file.Mandate,
            AcceptedJointlyAt = file.AcceptedJointlyAt is { } moment ? ChinaTime.In(moment) : null,
            Clocks = clocks.OfWhole(),
        };
    }

    /// <summary>What several legs wait for is told once.</summary>
    private static IEnumerable<JointGap> Gaps(JointFile file) =>
        file
            .Legs.SelectMany(leg => leg.Gaps.Select(gap => (leg.Utility, Gap: gap)))
            .GroupBy(entry => entry.Gap)
            .SelectMany(same =>
                same.Count() > 1 && same.Count() == file.Legs.Count
                    ? [new JointGap { Item = same.Key.Item, Text = same.Key.Text }]
                    : same.Select(entry => new JointGap
                    {
                        Utility = entry.Utility,
                        Item = same.Key.Item,
                        Text = same.Key.Text,
                    })
            );

    private static LegAnswer Show(Leg leg, ClockAnswers clocks, DateTimeOffset? askAgainAt)
    {
        var running = clocks.Of(leg);
        var dueAt = running.FirstOrDefault(clock => clock.EndedAt is null)?.DueAt;
        var askedAt = askAgainAt is { } moment && TransferLegs.AwaitsTitle(leg) ? ChinaTime.In(moment) : dueAt;
        return new LegAnswer
        {
            LegId = leg.LegId,
            Utility = leg.Utility,
            State = leg.State,
            Since = ChinaTime.In(leg.Since),
            Delivery = DeliveryOf(leg),
            RawStatus = leg.RawStatus,
            Suspension = leg.Suspension,
            Provider = leg.Reference is { } reference ? new ProviderReference { Reference = reference } : null,
            Next = NextSteps.Of(leg, askedAt),
            Fees = leg.Fees.Count > 0 ? leg.Fees : null,
            Problems =
                leg.Problems.Count > 0
                    ? [.. leg.Problems.Select((problem, place) => problem with { Number = place + 1 })]
                    : null,
            Clocks = running,
            Time = clocks.TimeOf(leg),
        };
    }

    private static LegDelivery DeliveryOf(Leg leg) =>
        leg.Work switch
        {
            LegWork.Hold => LegDelivery.Held,
            LegWork.PreCheck or LegWork.Send => LegDelivery.Waiting,
            LegWork.Ask => LegDelivery.Unknown,
            LegWork.Listed => LegDelivery.Listed,
            LegWork.Watch or LegWork.Offer or LegWork.ListedVisit => LegDelivery.Arrived,
            LegWork.Withdraw or LegWork.AskWithdrawn or LegWork.ListedWithdrawal => LegDelivery.Withdrawing,
            LegWork.Done => leg.State == LegState.Withdrawn ? LegDelivery.Withdrawn : LegDelivery.Arrived,
            _ => throw new ArgumentOutOfRangeException(nameof(leg), leg.Work, message: null),
        };
}
