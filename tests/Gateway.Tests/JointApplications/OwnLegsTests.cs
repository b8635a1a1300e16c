using CsCheck;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Callers;
using Integration.Gateway.Grants;
using Integration.Gateway.JointApplications.Dispatch;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Tests.Grants;

namespace Integration.Gateway.Tests.JointApplications;

/// <summary>Whose grants say what a client of a utility may see and move, who a leg is handed to, and of which legs a provider knows.</summary>
public sealed class OwnLegsTests
{
    private static readonly string[] s_ids = ["a-water", "water", "z-water"];
    private static readonly string[] s_purposes = [Purposes.JointNew, Purposes.JointTransfer];

    private static readonly Gen<Grant> s_grants =
        from number in Gen.Int[1, 1_000_000]
        from client in Gen.Int[0, s_ids.Length - 1].Select(index => s_ids[index])
        from service in Gen.Bool.Select(pick => pick ? ServiceFields.Legs : ServiceFields.Identity)
        from purpose in Gen.Bool.Select(pick => pick ? Purposes.JointNew : Purposes.JointTransfer)
        from hasField in Gen.Bool
        from start in Gen.Int[-2, 1]
        select GrantCases.Grant(
            $"g-{number}",
            service,
            purpose,
            !hasField ? ""
                : service == ServiceFields.Legs ? "address"
                : "name",
            SomeLegs.Now.AddDays(start),
            SomeLegs.Now.AddDays(start + 1)
        ) with
        {
            Client = client,
        };

    private static readonly Gen<CallersSnapshot> s_callers = Gen.Select(
        s_grants.Array[0, 8],
        Gen.Bool.Array[s_ids.Length],
        Gen.Shuffle(s_ids),
        (grants, enabled, order) =>
            new CallersSnapshot(
                "1",
                [.. order.Select(id => Client(id, enabled[Array.IndexOf(s_ids, id)]))],
                [.. grants.DistinctBy(grant => grant.Id)]
            )
    );

    [Fact]
    public void A_client_may_have_legs_of_exactly_the_purposes_that_its_own_valid_grants_name() =>
        s_callers.Sample(
            callers =>
                s_ids.All(id =>
                {
                    var client = callers.Find(id)!;
                    var expected = s_purposes.Where(purpose => client.Enabled && MayHave(callers, id, purpose));
                    var isRefused = !OwnLegs
                        .Check(new CallerContext(client.Caller, callers), "water", SomeLegs.Now)
                        .Succeeded(out var own, out var refusal);
                    return isRefused
                        ? !expected.Any() && refusal!.Status == 403
                        : expected.SequenceEqual(own!.Purposes, StringComparer.Ordinal)
                            && s_purposes.All(purpose =>
                                own.For(purpose) is { } allowance
                                    ? NamesOnlyGrantsOf(callers, id, allowance)
                                    : !expected.Contains(purpose)
                            );
                }),
            iter: 20_000
        );

    [Fact]
    public void The_recipient_is_the_first_enabled_client_by_id_that_holds_a_grant_itself_wherever_it_stands_in_the_file() =>
        s_callers.Sample(
            callers =>
                s_purposes.All(purpose =>
                {
                    var expected = s_ids
                        .Where(id => callers.Find(id)!.Enabled && MayHave(callers, id, purpose))
                        .ToList();
                    var recipients = new RecipientGrants(callers, purpose, SomeLegs.Now);
                    var recipient = recipients.For(Utility.Water);
                    return recipient?.Client.Id == expected.FirstOrDefault()
                        && (recipient is null || NamesOnlyGrantsOf(callers, recipient.Client.Id, recipient))
                        && expected.SequenceEqual(recipients.ClientsOf(Utility.Water), StringComparer.Ordinal)
                        && recipients.For(Utility.Gas) is null;
                }),
            iter: 20_000
        );

    [Theory]
    [InlineData("gas")]
    [InlineData("WATER")]
    [InlineData("hall")]
    public void Another_utility_is_refused_whatever_is_granted(string utility)
    {
        var grant = GrantCases.Grant(
            "g-1",
            ServiceFields.Legs,
            Purposes.JointNew,
            "address",
            SomeLegs.Now.AddDays(-1),
            SomeLegs.Now.AddDays(1)
        );
        var callers = new CallersSnapshot("1", [Client("water", true)], [grant with { Client = "water" }]);
        var caller = new CallerContext(callers.Find("water")!.Caller, callers);

        Assert.False(OwnLegs.Check(caller, utility, SomeLegs.Now).Succeeded(out _, out var refusal));
        Assert.Equal(403, refusal!.Status);
        Assert.True(OwnLegs.Check(caller, "water", SomeLegs.Now).Succeeded(out var own, out _));
        Assert.True(own!.IsOwn(new LegId("jnt_1", Utility.Water)));
        Assert.False(own.IsOwn(new LegId("jnt_1", Utility.Gas)));
    }

    [Theory]
    [InlineData(LegWork.Hold, false, false, false)]
    [InlineData(LegWork.Hold, true, true, true)]
    [InlineData(LegWork.Done, false, false, false)]
    [InlineData(LegWork.Done, true, true, true)]
    [InlineData(LegWork.PreCheck, false, false, true)]
    [InlineData(LegWork.Send, false, false, true)]
    [InlineData(LegWork.Send, true, true, true)]
    [InlineData(LegWork.Ask, false, true, true)]
    [InlineData(LegWork.Listed, false, true, true)]
    [InlineData(LegWork.Watch, false, true, true)]
    [InlineData(LegWork.ListedWithdrawal, false, true, true)]
    internal void A_provider_reports_on_what_was_handed_to_it(LegWork work, bool handedOver, bool called, bool pulls)
    {
        var leg = SomeLegs.In(work) with { HandedOver = handedOver };

        Assert.Equal(called, LegTable.IsReportable(leg, SomeLegs.Pushes));
        Assert.Equal(pulls, LegTable.IsReportable(leg, SomeLegs.Pulls));
    }

    [Fact]
    public void What_was_sent_once_stays_handed_over_when_it_is_refused_or_returned()
    {
        var sent = LegTable.Begun(SomeLegs.In(LegWork.Send), LegStep.Send, SomeLegs.Now) with { Work = LegWork.Send };
        var refused = LegTable.After(sent, new StepResult.Refused(SomeLegs.Failure), SomeLegs.Pushes, SomeLegs.Now);
        var returned = LegTable.After(
            sent,
            SomeLegs.Arrived(reference: null, missing: ["lease"]),
            SomeLegs.Pushes,
            SomeLegs.Now
        );

        Assert.All(
            [refused, returned],
            leg =>
            {
                Assert.Equal(LegWork.Hold, leg.Work);
                Assert.True(LegTable.IsReportable(leg, SomeLegs.Pushes));
            }
        );
    }

    private static bool MayHave(CallersSnapshot callers, string id, string purpose) =>
        callers.Grants.Any(grant =>
            grant.Client == id
            && grant.Service == ServiceFields.Legs
            && grant.Purposes.Contains(purpose)
            && grant.Fields.Count > 0
            && grant.IsValidAt(SomeLegs.Now)
        );

    private static bool NamesOnlyGrantsOf(CallersSnapshot callers, string id, Allowance allowance) =>
        allowance
            .Text.Split("; ")
            .All(named => callers.Grants.Any(grant => grant.Client == id && named == $"{grant.Id} (A-{grant.Id})"));

    private static Client Client(string id, bool enabled) =>
        GrantCases.Client(id, enabled) with
        {
            Caller = new Caller(id, CallerKind.Utility) { Utility = "water" },
        };
}
