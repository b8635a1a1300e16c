using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.JointApplications;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;

namespace Integration.FlowTests.JointApplications;

public sealed class SqliteTransferTests() : TransferTests(Engine.Sqlite);

public sealed class PostgresTransferTests() : TransferTests(Engine.PostgreSql);

/// <summary>Accounts go over with the property: looked at first, and not at all while it is seized.</summary>
public abstract class TransferTests(Engine engine) : IAsyncLifetime
{
    private const string Account = "W-100";
    private IntegrationHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await IntegrationHost.StartAsync(new() { Engine = engine });

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Arrears_hold_the_leg_until_they_are_paid_and_the_leg_that_pulls_goes_on()
    {
        await _host.Agencies.OpenAccountAsync("water", Account, arrears: true);
        var joint = await _host.Hall.Api.OpenJointApplicationAsync(Form(Utility.Water, Utility.Network));
        var held = await UntilAsync(joint, shown => Water(shown).Delivery == LegDelivery.Held);
        var gap = Assert.Single(held.Missing);
        Assert.Equal((Utility.Water, "arrears"), (gap.Utility, gap.Item));
        Assert.Empty(await _host.Agencies.LegsOfAsync("water"));
        await UntilAsync(joint, shown => shown.Legs[1].Delivery == LegDelivery.Listed);

        await ResendAsync(joint, new LegResendRequest());
        await UntilAsync(joint, shown => Water(shown).Delivery == LegDelivery.Held && shown.Missing.Count == 1);
        await _host.Agencies.OpenAccountAsync("water", Account, arrears: false);
        await ResendAsync(joint, new LegResendRequest());
        await UntilAsync(joint, shown => Water(shown).Delivery == LegDelivery.Arrived);
        Assert.Single(await _host.Agencies.LegsOfAsync("water"));
    }

    [Fact]
    public async Task An_account_that_is_not_there_or_runs_under_somebody_else_is_asked_for()
    {
        var joint = await _host.Hall.Api.OpenJointApplicationAsync(Form(Utility.Water));
        var unknown = await UntilAsync(joint, shown => Water(shown).Delivery == LegDelivery.Held);
        Assert.Equal("account", Assert.Single(unknown.Missing).Item);
        Assert.Null(Water(unknown).Problems);

        await _host.Agencies.OpenAccountAsync("water", "W-200", holder: "other");
        await ResendAsync(joint, new LegResendRequest { Account = "W-200" });
        var others = await UntilAsync(joint, shown => Water(shown).Problems is not null);
        Assert.Equal("account-holder", Assert.Single(Water(others).Problems!).Problem);

        await _host.Agencies.OpenAccountAsync("water", "W-300");
        await ResendAsync(joint, new LegResendRequest { Account = "W-300" });
        var sent = await UntilAsync(joint, shown => Water(shown).Delivery == LegDelivery.Arrived);
        Assert.NotNull(Water(sent).Problems![0].ClosedAt);
    }

    [Fact]
    public async Task A_pre_check_without_an_answer_is_made_again()
    {
        await _host.Agencies.OpenAccountAsync("water", Account);
        await _host.Agencies.BreakAsync("water", "http500");
        var joint = await _host.Hall.Api.OpenJointApplicationAsync(Form(Utility.Water));
        await Eventually.GetAsync(
            "the account is looked at in vain",
            () => _host.Agencies.CallsOfAsync("water"),
            calls => calls.Count > 0
        );
        Assert.Equal(LegDelivery.Waiting, Water(await UntilAsync(joint, _ => true)).Delivery);
        await _host.Agencies.MendAsync("water");
        await UntilAsync(joint, shown => Water(shown).Delivery == LegDelivery.Arrived);
    }

    [Fact]
    public async Task A_seizure_stops_every_leg_and_is_not_lifted_by_sending_again()
    {
        await _host.Agencies.OpenAccountAsync("water", Account);
        var form = Form(Utility.Water, Utility.Network);
        var seized = SyntheticWorld.Premises("t-seized");
        var joint = await _host.Hall.Api.OpenJointApplicationAsync(
            form with
            {
                Applicant = new ApplicantInput { Person = SyntheticWorld.Person("p05") },
                Premises = seized,
            }
        );
        Assert.All(joint.Legs, leg => Assert.Equal(LegDelivery.Held, leg.Delivery));
        Assert.All(joint.Legs, leg => Assert.Equal("seizure", Assert.Single(leg.Problems!).Problem));
        var before = (await _host.Agencies.CallsOfAsync("real-estate")).Count;

        var again = await ResendAsync(joint, new LegResendRequest());
        Assert.All(again.Legs, leg => Assert.Null(Assert.Single(leg.Problems!).ClosedAt));
        Assert.All(again.Legs, leg => Assert.Equal(LegDelivery.Held, leg.Delivery));
        Assert.True(
            (await _host.Agencies.CallsOfAsync("real-estate")).Count > before,
            "the registry was not asked again"
        );
        Assert.NotEqual(joint.Proofs.Single(IsTitle).EvidenceId, again.Proofs.Single(IsTitle).EvidenceId);
        Assert.Empty(await _host.Agencies.LegsOfAsync("water"));
    }

    [Fact]
    public async Task The_title_is_held_against_the_new_owner_and_a_transfer_without_one_waits_for_it()
    {
        await _host.Agencies.OpenAccountAsync("water", Account);
        var form = Form(Utility.Water);
        var others = await _host.Hall.Api.OpenJointApplicationAsync(
            form with
            {
                Premises = SyntheticWorld.Leased("t02"),
            }
        );
        Assert.Equal("Mismatch", others.Proofs.Single(IsTitle).Outcome.ToString());
        Assert.Equal("propertyTitle", Assert.Single(others.Missing).Item);

        var without = new PremisesInput { Address = "公安县斗湖堤镇示例路1号", Tenure = Tenure.Other };
        var untitled = await _host.Hall.Api.OpenJointApplicationAsync(form with { Premises = without });
        Assert.DoesNotContain(untitled.Proofs, IsTitle);
        Assert.Equal("propertyTitle", Assert.Single(untitled.Missing).Item);
        Assert.Equal(LegDelivery.Held, Water(untitled).Delivery);
    }

    [Fact]
    public async Task An_agent_needs_a_mandate_on_record_before_anything_is_sent()
    {
        var form = JointRequests.New(Utility.Water, Utility.Network);
        var agent = SyntheticWorld.Person("p02");
        var acting = new AgentInput { Name = agent.Name, IdNumber = agent.IdNumber };
        var joint = await _host.Hall.Api.OpenJointApplicationAsync(form with { Agent = acting });
        var gap = Assert.Single(joint.Missing);
        Assert.Equal(("agentAuthorisation", null), (gap.Item, gap.Utility));
        Assert.All(joint.Legs, leg => Assert.Equal(LegDelivery.Held, leg.Delivery));
        Assert.Null(joint.Mandate);

        await ResendAsync(joint, new LegResendRequest());
        var paper = new MaterialRequest
        {
            Proof = "agentAuthorisation",
            Reference = "MANDATE-1",
            Sha256 = new string('a', 64),
        };
        var mandated = await ResendAsync(joint, new LegResendRequest { Materials = [paper] });
        Assert.Equal("MANDATE-1", mandated.Mandate!.Reference);
        Assert.Empty(mandated.Missing);
        await UntilAsync(
            joint,
            shown => shown.Legs.Select(leg => leg.Delivery).SequenceEqual([LegDelivery.Arrived, LegDelivery.Listed])
        );

        await _host.Hall.Api.WithdrawJointApplicationAsync(joint.JointApplicationId, new() { Reason = "不办了" });
        await Eventually.GetAsync(
            "it is withdrawn",
            () => _host.As("network").Api.TakeWorkAsync("network", joint.Legs[1].LegId),
            taken => taken.State == LegState.Withdrawn
        );
        await UntilAsync(joint, shown => shown.State == JointState.Withdrawn);
        var authorised = acting with { AuthorisationReference = "MANDATE-2" };
        var recorded = await _host.Hall.Api.OpenJointApplicationAsync(
            form with
            {
                CaseId = HallRequests.NewCase(),
                Agent = authorised,
            }
        );
        Assert.Equal("MANDATE-2", recorded.Mandate!.Reference);
        Assert.Empty(recorded.Missing);
    }

    private static bool IsTitle(JointProof proof) => proof.Check == "propertyTitle";

    private static LegResponse Water(JointApplicationResponse joint) => joint.Legs[0];

    private static JointApplicationRequest Form(params IReadOnlyList<Utility> utilities) =>
        JointRequests.New(utilities) with
        {
            Purpose = "joint.transfer",
            Kind = JointKind.Transfer,
            Former = new FormerHolderInput
            {
                Holder = "李四",
                Accounts = [.. utilities.Select(utility => new AccountInput { Utility = utility, Account = Account })],
            },
        };

    private Task<JointApplicationResponse> ResendAsync(JointApplicationResponse joint, LegResendRequest request) =>
        _host.Hall.Api.ResendLegAsync(joint.JointApplicationId, "water", request);

    private Task<JointApplicationResponse> UntilAsync(
        JointApplicationResponse joint,
        Func<JointApplicationResponse, bool> condition
    ) =>
        Eventually.GetAsync(
            "the joint application is there",
            () => _host.Hall.Api.GetJointApplicationAsync(joint.JointApplicationId),
            condition
        );
}
