using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Verifications;
using Integration.Testing.World;

namespace Integration.FlowTests.JointApplications;

/// <summary>A proof that no source answered is handed on as that, and asked again by itself.</summary>
public sealed class ProofAgainTests : IAsyncLifetime
{
    private JointProofDriver _scene = null!;

    public async ValueTask InitializeAsync()
    {
        _scene = await JointProofDriver.StartAsync();
        await _scene.Host.Agencies.BreakAsync("population-registry", "http500");
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_leg_that_was_sent_keeps_what_it_got_and_one_that_is_held_gets_the_answer()
    {
        var form = JointRequests.New(Utility.Water, Utility.Gas);
        var gas = form.Utilities![1];
        var joint = await _scene.OpenAsync(form with { Utilities = [form.Utilities[0], gas with { Consent = null }] });
        Assert.Equal(CheckOutcome.SourceUnavailable, Identity(joint).Outcome);
        var sent = await _scene.UntilAsync(
            joint,
            "water has it",
            shown => shown.Legs[0].Delivery == LegDelivery.Arrived
        );
        Assert.Equal([Utility.Water], Identity(sent).HandedTo);

        await _scene.Host.Agencies.MendAsync("population-registry");
        var known = await _scene.UntilAskedAsync(
            joint,
            "the answer",
            shown => Identity(shown).Outcome == CheckOutcome.Match
        );
        Assert.NotEqual(Identity(joint).EvidenceId, Identity(known).EvidenceId);
        Assert.Empty(Identity(known).HandedTo);
        Assert.All(known.Legs, leg => Assert.Null(leg.Problems));
        Assert.Null(await _scene.AsksAtAsync(joint));
        Assert.Contains("asked-again", await _scene.OnRecordAsync(joint, "identity"));

        await _scene.ResendAsync(joint, "gas", new LegResendRequest { Consent = gas.Consent });
        var both = await _scene.UntilAsync(joint, "gas has it", shown => shown.Legs[1].Delivery == LegDelivery.Arrived);
        Assert.Equal([Utility.Gas], Identity(both).HandedTo);
    }

    [Fact]
    public async Task What_is_contradicted_afterwards_is_closed_out_where_it_was_sent_and_missing_where_it_was_not()
    {
        var form = JointRequests.New(Utility.Water, Utility.Gas);
        var joint = await _scene.OpenAsync(
            form with
            {
                Applicant = new ApplicantInput { Person = SyntheticWorld.Person("p01") with { Name = "王五" } },
                Premises = new PremisesInput { Address = "公安县斗湖堤镇示例路1号", Tenure = Tenure.Other },
                Utilities = [form.Utilities![0], form.Utilities[1] with { Consent = null }],
            }
        );
        await _scene.UntilAsync(joint, "water has it", shown => shown.Legs[0].Delivery == LegDelivery.Arrived);
        Assert.Equal(0, await _scene.NoticesAsync("joint.problem"));

        await _scene.Host.Agencies.MendAsync("population-registry");
        var known = await _scene.UntilAskedAsync(joint, "the problem", shown => shown.Legs[0].Problems is not null);
        Assert.Equal(
            ("proof-contradicted", null),
            (known.Legs[0].Problems![0].Problem, known.Legs[0].Problems![0].ClosedAt)
        );
        Assert.Equal(LegDelivery.Arrived, known.Legs[0].Delivery);
        Assert.Null(known.Legs[1].Problems);
        Assert.Contains(known.Missing, gap => (gap.Utility, gap.Item) == (Utility.Gas, "identity"));
        Assert.Equal(2, await _scene.NoticesAsync("joint.problem"));
        Assert.Contains("problem proof-contradicted", await _scene.OnRecordAsync(joint, "water"));

        var settled = new ProblemCloseRequest { Reference = "CHECKED-1" };
        var closed = await _scene.Host.Hall.Api.CloseProblemAsync(joint.JointApplicationId, "water", 1, settled);
        Assert.Equal("CHECKED-1", Assert.Single(closed.Legs[0].Problems!).Reference);
    }

    private static JointProof Identity(JointApplicationResponse joint) =>
        joint.Proofs.Single(proof => proof.Check == "identity");
}
