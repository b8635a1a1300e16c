using System.Net;
using Integration.Contracts.V1.JointApplications;
using Integration.FlowTests.Operations;
using Integration.Gateway.Callers;
using Integration.Gateway.Evidence;
using Integration.Gateway.JointApplications;
using Integration.Gateway.Platform.Database;
using Integration.Testing;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.JointApplications;

public sealed class SqliteLookTests() : LookTests(Engine.Sqlite)
{
    [Fact]
    public async Task Without_its_record_nothing_is_shown()
    {
        var scene = Scene;
        var joint = await scene.OpenAsync(JointRequests.New("p01", "t01", [Utility.Network]));
        await scene.UntilAsync(joint, Utility.Network, LegDelivery.Listed);
        var reported = await scene.OpenAsync(JointRequests.New("p02", "t02", [Utility.Network]));
        await scene.UntilAsync(reported, Utility.Network, LegDelivery.Listed);
        await scene.ReportAsync(reported.Legs[0], "装表待定");
        var network = scene.Host.As("network");
        await using (await EvidenceUnavailableTests.LockAsync(scene.Host))
        {
            foreach (
                var (client, path) in new[]
                {
                    (network, "/v1/utilities/network/work-list"),
                    (scene.Hall, $"/v1/joint-applications/{reported.JointApplicationId}"),
                }
            )
            {
                using var refused = await client.GetAsync(path);
                Assert.Equal(
                    "evidence-unavailable",
                    await JointDriver.CodeOfAsync(refused, HttpStatusCode.ServiceUnavailable)
                );
            }
        }

        Assert.Empty(await scene.Host.LooksAsync());
        Assert.All((await scene.ShownAsync(joint)).Proofs, proof => Assert.Empty(proof.HandedTo));
        await scene.ShownAsync(reported);
        await network.Api.GetWorkListAsync("network");
        Assert.Equal(["hall", "network"], (await scene.Host.LooksAsync()).Select(look => look.CallerId));
    }
}

public sealed class PostgresLookTests() : LookTests(Engine.PostgreSql);

/// <summary>Each look at personal data is on record, each time, in the name of who looked.</summary>
public abstract class LookTests(Engine engine) : IAsyncLifetime
{
    private const string Partly = "network-partly";
    private JointDriver _scene = null!;

    protected JointDriver Scene => _scene;

    public async ValueTask InitializeAsync() =>
        _scene = await JointDriver.StartAsync(
            engine,
            callers =>
            {
                UtilityClients.Add(callers, "network", Partly);
                UtilityClients.Grant(callers, Partly, "legs", "joint.new", "account");
                UtilityClients.Grant(callers, Partly, "identity", "joint.new", "name");
            }
        );

    public async ValueTask DisposeAsync()
    {
        await _scene.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Each_look_at_a_work_list_is_on_record_each_time_in_the_name_of_who_looked()
    {
        var first = await _scene.OpenAsync(JointRequests.New("p01", "t01", [Utility.Network]));
        await _scene.UntilAsync(first, Utility.Network, LegDelivery.Listed);
        var second = await _scene.OpenAsync(JointRequests.New("p02", "t02", [Utility.Network]));
        await _scene.UntilAsync(second, Utility.Network, LegDelivery.Listed);
        await using var partly = _scene.Host.Client("network", Partly);
        var network = _scene.Host.As("network");

        foreach (var client in new[] { partly, network, partly, network, network })
        {
            Assert.Equal(2, (await client.Api.GetWorkListAsync("network")).Items.Count);
        }

        var looks = await _scene.Host.LooksAsync();
        Assert.Equal(
            [.. new[] { Partly, "network", Partly, "network", "network" }.SelectMany(id => new[] { id, id })],
            looks.Select(look => look.CallerId)
        );
        Assert.All(looks, look => Assert.Equal(("network", "shown"), (look.Subject, look.Outcome)));
        Assert.Equal(
            new HashSet<string> { first.Legs[0].LegId, second.Legs[0].LegId },
            looks.Select(look => look.ParentId).ToHashSet()
        );
        Assert.Equal(
            new HashSet<string> { first.CaseId, second.CaseId },
            looks.Select(look => look.CaseId).ToHashSet()
        );
        foreach (var look in looks.Where(look => look.CallerId == Partly))
        {
            Assert.Equal("applicant.name,identity", look.Detail);
            Assert.Equal(
                "network-partly-legs (A-network-partly); network-partly-identity (A-network-partly)",
                look.Grants
            );
        }

        Assert.All(
            looks.Where(look => look.CallerId == "network"),
            look => Assert.Contains("applicant.code", look.Detail, StringComparison.Ordinal)
        );
        Assert.DoesNotContain(looks, look => Holds(look.Detail, SyntheticWorld.Person("p01").Name!));
    }

    [Fact]
    public async Task A_look_at_nothing_personal_leaves_no_record()
    {
        var joint = await _scene.OpenAsync(JointRequests.New(Utility.Network));
        await _scene.UntilAsync(joint, Utility.Network, LegDelivery.Listed);
        await _scene.ShownAsync(joint);
        Assert.Empty((await _scene.Host.As("television").Api.GetWorkListAsync("television")).Items);
        Assert.Empty(await _scene.Host.LooksAsync());
    }

    [Fact]
    public async Task Each_look_at_a_providers_own_words_is_on_record()
    {
        var joint = await _scene.OpenAsync(JointRequests.New(Utility.Network));
        var leg = await _scene.UntilAsync(joint, Utility.Network, LegDelivery.Listed);
        await _scene.ReportAsync(leg, "装表待定");

        await _scene.ShownAsync(joint);
        await _scene.Host.As("ops").Api.GetJointApplicationAsync(joint.JointApplicationId);
        await _scene.ShownAsync(joint);

        var looks = await _scene.Host.LooksAsync();
        Assert.Equal(
            [("hall", "owner"), ("ops", "ops"), ("hall", "owner")],
            looks.Select(look => (look.CallerId, look.Grants))
        );
        Assert.All(
            looks,
            look =>
                Assert.Equal(
                    (joint.JointApplicationId, joint.CaseId, "network.rawStatus"),
                    (look.ParentId, look.CaseId, look.Detail)
                )
        );
    }

    [Fact]
    public async Task What_waits_for_another_purpose_takes_no_room_on_the_list()
    {
        var joint = await _scene.OpenAsync(JointRequests.New(Utility.Network));
        await _scene.UntilAsync(joint, Utility.Network, LegDelivery.Listed);
        await using (var db = Db())
        {
            // A full page of older legs that this client may not have.
            db.AddRange(
                Enumerable
                    .Range(0, 100)
                    .Select(number => new WorkListRow
                    {
                        LegId = $"jnt_{number}.network",
                        Utility = "network",
                        Purpose = "joint.transfer",
                        Work = "application",
                        Since = DateTimeOffset.UnixEpoch,
                    })
            );
            await db.SaveChangesAsync();
        }

        await using var partly = _scene.Host.Client("network", Partly);
        Assert.Equal(joint.Legs[0].LegId, Assert.Single((await partly.Api.GetWorkListAsync("network")).Items).LegId);
    }

    [Fact]
    public async Task However_often_is_looked_the_timeline_of_the_case_stays_whole()
    {
        var joint = await _scene.OpenAsync(JointRequests.New(Utility.Network));
        await _scene.UntilAsync(joint, Utility.Network, LegDelivery.Listed);
        await _scene.Host.As("network").Api.GetWorkListAsync("network");
        var before = await _scene.Hall.Api.GetCaseAsync(joint.CaseId);
        Assert.Contains(before.Timeline, entry => entry is { What: "network", Outcome: "handed-over" });

        var look = new DataLook
        {
            Looker = new Caller("hall", CallerKind.Hall),
            Grants = DataLook.AsOwner,
            CaseId = joint.CaseId,
            CaseOwner = "hall",
            ParentId = joint.JointApplicationId,
            Purpose = "joint.new",
            Basis = "consent",
            Subject = "joint",
            Fields = ["network.rawStatus"],
            PolicyVersion = "2026",
        };
        var recorder = _scene.Host.Services.GetRequiredService<LookRecorder>();
        var shown = await recorder.ShowAsync([.. Enumerable.Repeat(look, 1_100)], "answer");
        Assert.True(shown.Succeeded(out _, out _));

        var after = await _scene.Hall.Api.GetCaseAsync(joint.CaseId);
        Assert.Equal(before.Timeline, after.Timeline);
        Assert.Null(after.Note);
    }

    private static bool Holds(string? text, string value) => text!.Contains(value, StringComparison.Ordinal);

    private GatewayDb Db() => _scene.Host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContext();
}
