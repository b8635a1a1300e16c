using System.Text.Json;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Clocks;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Contract = Integration.Contracts.V1.JointApplications;
using LegFee = Integration.Gateway.JointApplications.Model.LegFee;
using LegProblem = Integration.Gateway.JointApplications.Model.LegProblem;

namespace Integration.Gateway.JointApplications;

/// <summary>What callers are told of a joint application.</summary>
internal sealed class JointApplicationResponses(SlaClock clock, TimeProvider time)
{
    public StoredResponse From(JointApplication joint, int status) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(Show(joint), ApiJson.For<JointApplicationResponse>()));

    public JointApplicationResponse Show(JointApplication joint)
    {
        var now = time.GetUtcNow();
        var clocks = new ClockResponses(joint, clock, now);
        return new JointApplicationResponse
        {
            JointApplicationId = joint.JointId,
            CaseId = joint.CaseId,
            Kind = joint.Kind,
            State = joint.State,
            OpenedAt = ChinaTime.In(joint.OpenedAt),
            Missing = [.. Gaps(joint)],
            Proofs =
            [
                .. joint.Proofs.Select(proof => new JointProof
                {
                    Check = proof.Check,
                    Outcome = proof.Outcome,
                    EvidenceId = proof.EvidenceId,
                    HandedTo =
                    [
                        .. joint
                            .Legs.Where(leg => leg.Handed.Contains(proof.EvidenceId, StringComparer.Ordinal))
                            .Select(leg => leg.Utility),
                    ],
                }),
            ],
            Legs = [.. joint.Legs.Select(leg => Show(leg, clocks, joint.AskAgainAt))],
            Survey = SiteVisitResponses.From(joint),
            Permits = joint.Permits.Count > 0 ? [.. joint.Permits.Select(Show)] : null,
            Mandate = joint.Mandate is { } mandate
                ? new MandateResponse { Reference = mandate.Reference, At = mandate.At }
                : null,
            AcceptedJointlyAt = joint.AcceptedJointlyAt is { } moment ? ChinaTime.In(moment) : null,
            Clocks = clocks.OfWhole(),
        };
    }

    /// <summary>What several legs wait for is told once.</summary>
    private static IEnumerable<JointGap> Gaps(JointApplication joint) =>
        joint
            .Legs.SelectMany(leg => leg.Gaps.Select(gap => (leg.Utility, Gap: gap)))
            .GroupBy(entry => entry.Gap)
            .SelectMany(same =>
                same.Count() > 1 && same.Count() == joint.Legs.Count
                    ? [new JointGap { Item = same.Key.Item, Text = same.Key.Text }]
                    : same.Select(entry => new JointGap
                    {
                        Utility = entry.Utility,
                        Item = same.Key.Item,
                        Text = same.Key.Text,
                    })
            );

    /// <summary>What became of a status.</summary>
    public static LegStatusResponse From(
        string statusId,
        StatusEffect effect,
        JointApplication joint,
        Utility utility
    ) =>
        new()
        {
            StatusId = statusId,
            Effect = effect,
            State = joint.Leg(utility)!.State,
        };

    private static LegResponse Show(Leg leg, ClockResponses clocks, DateTimeOffset? askAgainAt)
    {
        var running = clocks.From(leg);
        var dueAt = running.FirstOrDefault(clock => clock.EndedAt is null)?.DueAt;
        var askedAt = askAgainAt is { } moment && TransferLegs.AwaitsTitle(leg) ? ChinaTime.In(moment) : dueAt;
        return new LegResponse
        {
            LegId = leg.LegId.ToString(),
            Utility = leg.Utility,
            State = leg.State,
            Since = ChinaTime.In(leg.Since),
            Delivery = DeliveryOf(leg),
            RawStatus = leg.RawStatus,
            Suspension = leg.Suspension is { } suspension
                ? new Contract.LegSuspension { Reason = suspension.Reason, Who = suspension.Who }
                : null,
            Provider = leg.Reference is { } reference ? new ProviderReference { Reference = reference } : null,
            Next = NextSteps.For(leg, askedAt),
            Fees = leg.Fees.Count > 0 ? [.. leg.Fees.Select(Show)] : null,
            Problems = leg.Problems.Count > 0 ? [.. leg.Problems.Select(Show)] : null,
            Clocks = running,
            Time = clocks.TimeOf(leg),
        };
    }

    private static PermitResponse Show(Permit permit) =>
        new()
        {
            Permit = permit.Kind,
            State = permit.State,
            Reference = permit.Reference,
            Utilities = permit.Utilities,
            At = permit.At,
        };

    private static Contract.LegFee Show(LegFee fee) => new() { Name = fee.Name, Amount = fee.Amount };

    private static Contract.LegProblem Show(LegProblem problem, int place) =>
        new()
        {
            Number = place + 1,
            Problem = problem.Problem,
            Text = problem.Text,
            Since = problem.Since,
            ClosedAt = problem.ClosedAt,
            Reference = problem.Reference,
        };

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
