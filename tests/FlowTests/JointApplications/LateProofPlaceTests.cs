using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Verifications;
using Integration.Testing;
using Integration.Testing.Drivers;

namespace Integration.FlowTests.JointApplications;

public sealed class SqliteLateProofPlaceTests() : LateProofPlaceTests(Engine.Sqlite);

public sealed class PostgresLateProofPlaceTests() : LateProofPlaceTests(Engine.PostgreSql);

/// <summary>While the registry is silent no applicant has a place; afterwards the first that is proven has it.</summary>
public abstract class LateProofPlaceTests(Engine engine) : IAsyncLifetime
{
    private JointProofDriver _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await JointProofDriver.StartAsync(engine, SecondHall.Grant);

    public async ValueTask DisposeAsync()
    {
        await _scene.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Who_is_proven_first_has_the_place_and_the_other_hears_of_it()
    {
        await _scene.Host.Agencies.BreakAsync("real-estate", "http500");
        await _scene.Host.Agencies.BreakAsync("licence-library", "http500");
        HallDriver[] halls = [_scene.Host.Hall, _scene.Host.As(SecondHall.Client)];
        var first = await _scene.OpenAsync(Form(byUnit: true), halls[0]);
        var second = await _scene.OpenAsync(Form(byUnit: false), halls[1]);
        Assert.All(
            new[] { first, second },
            joint => Assert.Equal("title-unanswered", Assert.Single(joint.Legs[0].Problems!).Problem)
        );
        // Of its own caller the same form is the same all the same.
        Assert.Equal(
            "already-open",
            await JointDriver.CodeOfAsync(() => _scene.OpenAsync(Form(byUnit: true), halls[0]))
        );

        await _scene.Host.Agencies.MendAsync("real-estate");
        JointApplicationResponse[] shown = [first, second];
        await _scene.UntilAskedAsync(
            first,
            "both are proven",
            async () =>
            {
                shown =
                [
                    await halls[0].Api.GetJointApplicationAsync(first.JointApplicationId),
                    await halls[1].Api.GetJointApplicationAsync(second.JointApplicationId),
                ];
                return Array.TrueForAll(shown, joint => joint.Proofs.All(proof => proof.Outcome == CheckOutcome.Match));
            }
        );

        var winner = Array.FindIndex(shown, joint => !IsTaken(joint));
        var loser = Array.FindIndex(shown, IsTaken);
        Assert.NotEqual(-1, winner);
        Assert.NotEqual(-1, loser);
        Assert.Equal(LegDelivery.Listed, shown[winner].Legs[0].Delivery);
        Assert.Equal(LegDelivery.Held, shown[loser].Legs[0].Delivery);
        Assert.Contains("已有在办", shown[loser].Legs[0].Next.Text, StringComparison.Ordinal);
        using (var answer = await halls[loser].GetAsync($"/v1/joint-applications/{shown[loser].JointApplicationId}"))
        {
            Assert.DoesNotContain(
                shown[winner].JointApplicationId,
                await answer.Content.ReadAsStringAsync(),
                StringComparison.Ordinal
            );
        }

        // Sent again it is still held, and goes once the other has ended.
        var again = await ResendAsync(halls[loser], shown[loser]);
        Assert.Equal(LegDelivery.Held, again.Legs[0].Delivery);
        Assert.Single(again.Legs[0].Problems!, problem => problem is { Problem: "already-open", ClosedAt: null });
        await halls[winner]
            .Api.WithdrawJointApplicationAsync(shown[winner].JointApplicationId, new() { Reason = "不办了" });
        var network = _scene.Host.As("network");
        await _scene.UntilAskedAsync(
            shown[winner],
            "it is withdrawn",
            async () =>
                (await network.Api.TakeWorkAsync("network", shown[winner].Legs[0].LegId)).State == LegState.Withdrawn
        );
        var sent = await ResendAsync(halls[loser], shown[loser]);
        Assert.Equal(LegDelivery.Waiting, sent.Legs[0].Delivery);
        Assert.DoesNotContain(sent.Legs[0].Problems!, problem => problem.ClosedAt is null);
    }

    private Task<JointApplicationResponse> ResendAsync(HallDriver hall, JointApplicationResponse joint) =>
        _scene.MovingAsync(hall.Api.ResendLegAsync(joint.JointApplicationId, "network", new LegResendRequest()));

    private static bool IsTaken(JointApplicationResponse joint) =>
        joint.Legs[0].Problems!.Any(problem => problem is { Problem: "already-open", ClosedAt: null });

    /// <summary>The place under a number that the other does not name, and an address that is written differently.</summary>
    private static JointApplicationRequest Form(bool byUnit)
    {
        var form = TitleAgainTests.Form();
        var place = form.Premises!;
        return form with
        {
            CaseId = Testing.World.HallRequests.NewCase(),
            Utilities = [form.Utilities![1]],
            Former = form.Former! with { Accounts = [form.Former.Accounts![1]] },
            Premises = byUnit
                ? place with
                {
                    CertificateNumber = null,
                }
                : place with
                {
                    UnitNumber = null,
                    Address = "公安县斗湖堤镇示例路1号西门",
                },
        };
    }
}
