using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Verifications;
using Integration.Testing;
using Integration.Testing.World;

namespace Integration.FlowTests.JointApplications;

public sealed class SqliteTitleAgainTests() : TitleAgainTests(Engine.Sqlite);

public sealed class PostgresTitleAgainTests() : TitleAgainTests(Engine.PostgreSql);

/// <summary>A registry that does not answer says neither yes nor no: a transfer waits, and asks again by itself.</summary>
public abstract class TitleAgainTests(Engine engine) : IAsyncLifetime
{
    internal const string Account = "W-100";
    private JointProofDriver _scene = null!;

    public async ValueTask InitializeAsync()
    {
        _scene = await JointProofDriver.StartAsync(engine);
        await _scene.Host.Agencies.OpenAccountAsync("water", Account);
    }

    public async ValueTask DisposeAsync()
    {
        await _scene.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task While_the_registry_is_silent_every_leg_waits_and_goes_on_by_itself_also_after_a_restart()
    {
        await SilenceAsync("real-estate", "licence-library");
        var joint = await _scene.OpenAsync(Form());
        Assert.Equal(CheckOutcome.SourceUnavailable, Title(joint).Outcome);
        Assert.Empty(joint.Missing);
        Assert.All(
            joint.Legs,
            leg =>
            {
                Assert.Equal(LegDelivery.Held, leg.Delivery);
                Assert.Equal("title-unanswered", Assert.Single(leg.Problems!).Problem);
                Assert.Contains("尚未答复", leg.Next.Text, StringComparison.Ordinal);
                Assert.Equal(joint.OpenedAt.AddSeconds(5), leg.Next.By);
                Assert.Empty(leg.Clocks);
            }
        );

        var again = await _scene.UntilAskedAsync(
            joint,
            "asked in vain",
            shown => shown.Legs[0].Next.By > joint.Legs[0].Next.By
        );
        Assert.All(again.Legs, leg => Assert.Equal(LegDelivery.Held, leg.Delivery));
        Assert.Empty(await _scene.Host.Agencies.CallsOfAsync("water"));

        await _scene.Host.RestartAsync(); // with it the agencies answer again
        await _scene.Host.Agencies.OpenAccountAsync("water", Account);
        var sent = await _scene.UntilAskedAsync(
            joint,
            "both legs go on",
            shown => shown.Legs is [{ Delivery: LegDelivery.Arrived }, { Delivery: LegDelivery.Listed }]
        );
        Assert.All(sent.Legs, leg => Assert.NotNull(Assert.Single(leg.Problems!).ClosedAt));
        Assert.Equal(CheckOutcome.Match, Title(sent).Outcome);
        Assert.NotEqual(Title(joint).EvidenceId, Title(sent).EvidenceId);
        Assert.Null(await _scene.AsksAtAsync(joint));
        var asked = (await _scene.OnRecordAsync(joint, "propertyTitle")).Count(entry => entry == "asked-again");
        Assert.True(asked >= 2, $"{asked} times");
    }

    [Fact]
    public async Task What_the_library_alone_says_lets_nothing_go_and_a_seizure_found_later_holds_and_is_told()
    {
        await SilenceAsync("real-estate");
        var joint = await _scene.OpenAsync(
            Form() with
            {
                Applicant = new ApplicantInput { Person = SyntheticWorld.Person("p05") },
                Premises = SyntheticWorld.Premises("t-seized"),
            }
        );
        Assert.Equal(CheckOutcome.Match, Title(joint).Outcome); // and nothing about a seizure
        Assert.All(joint.Legs, leg => Assert.Equal("title-unanswered", Assert.Single(leg.Problems!).Problem));

        await _scene.Host.Agencies.MendAsync("real-estate");
        var seized = await _scene.UntilAskedAsync(
            joint,
            "the seizure is known",
            shown => shown.Legs[0].Problems!.Count == 2
        );
        Assert.All(seized.Legs, leg => Assert.Equal(LegDelivery.Held, leg.Delivery));
        Assert.All(
            seized.Legs,
            leg => Assert.Equal(("seizure", null), (leg.Problems![1].Problem, leg.Problems[1].ClosedAt))
        );
        Assert.All(seized.Legs, leg => Assert.NotNull(leg.Problems![0].ClosedAt));
        Assert.Equal(2, await _scene.NoticesAsync("joint.problem"));
        Assert.Null(await _scene.AsksAtAsync(joint));
        Assert.Empty(await _scene.Host.Agencies.CallsOfAsync("water"));
    }

    [Fact]
    public async Task A_title_that_is_somebody_elses_becomes_a_gap()
    {
        await SilenceAsync("real-estate", "licence-library");
        var joint = await _scene.OpenAsync(Form() with { Premises = SyntheticWorld.Premises("t02") });
        Assert.Empty(joint.Missing);

        await _scene.Host.Agencies.MendAsync("real-estate");
        var missing = await _scene.UntilAskedAsync(joint, "the gap", shown => shown.Missing.Count > 0);
        Assert.Equal((null, "propertyTitle"), (Assert.Single(missing.Missing).Utility, missing.Missing[0].Item));
        Assert.All(missing.Legs, leg => Assert.NotNull(Assert.Single(leg.Problems!).ClosedAt));
        Assert.Null(await _scene.AsksAtAsync(joint));
    }

    [Fact]
    public async Task Sending_again_asks_at_once_and_lets_nothing_go_without_an_answer()
    {
        await SilenceAsync("real-estate", "licence-library");
        var joint = await _scene.OpenAsync(Form());
        var paper = await _scene.ResendAsync(joint, "water", Paper);
        Assert.Equal(LegDelivery.Held, paper.Legs[0].Delivery);
        Assert.Null(Assert.Single(paper.Legs[0].Problems!).ClosedAt);

        await _scene.Host.Agencies.MendAsync("real-estate");
        var sent = await _scene.ResendAsync(joint, "water");
        Assert.All(sent.Legs, leg => Assert.Equal(LegDelivery.Waiting, leg.Delivery));
        Assert.Null(await _scene.AsksAtAsync(joint));
    }

    [Fact]
    public async Task A_leg_that_is_taken_back_while_it_waits_never_left_and_nobody_is_asked_any_more()
    {
        await SilenceAsync("real-estate", "licence-library");
        var joint = await _scene.OpenAsync(Form());
        var withdrawn = await _scene.Host.Hall.Api.WithdrawJointApplicationAsync(
            joint.JointApplicationId,
            new() { Reason = "不办了" }
        );
        Assert.Equal(JointState.Withdrawn, withdrawn.State);
        Assert.Null(await _scene.AsksAtAsync(joint));
    }

    internal static LegResendRequest Paper =>
        new()
        {
            Materials =
            [
                new MaterialRequest
                {
                    Proof = "propertyTitle",
                    Reference = "REGISTRY-1",
                    Sha256 = new string('a', 64),
                },
            ],
        };

    private static JointProof Title(JointApplicationResponse joint) =>
        joint.Proofs.Single(proof => proof.Check == "propertyTitle");

    internal static JointApplicationRequest Form() =>
        JointRequests.New(Utility.Water, Utility.Network) with
        {
            Purpose = "joint.transfer",
            Kind = JointKind.Transfer,
            Former = new FormerHolderInput
            {
                Holder = "李四",
                Accounts =
                [
                    new AccountInput { Utility = Utility.Water, Account = Account },
                    new AccountInput { Utility = Utility.Network, Account = Account },
                ],
            },
        };

    private async Task SilenceAsync(params IReadOnlyList<string> agencies)
    {
        foreach (var agency in agencies)
        {
            await _scene.Host.Agencies.BreakAsync(agency, "http500");
        }
    }
}
