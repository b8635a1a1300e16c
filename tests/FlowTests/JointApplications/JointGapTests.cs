using System.Net;
using System.Text.Json.Nodes;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.JointApplications;
using Integration.FlowTests.Operations;
using Integration.Gateway.JointApplications;
using Integration.Gateway.Platform.Database;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.JointApplications;

/// <summary>One list of all gaps, a consent for each receiver, and to each receiver what its grants name.</summary>
public sealed class JointGapTests
{
    [Fact]
    public async Task All_gaps_are_told_at_once_and_filling_them_sends_that_leg_alone()
    {
        await using var scene = await JointDriver.StartAsync();
        var request = JointRequests.New(Utility.Water, Utility.Gas, Utility.Network);
        var joint = await scene.OpenAsync(
            request with
            {
                Utilities =
                [
                    request.Utilities![0] with
                    {
                        Consent = null,
                        Need = null,
                    },
                    request.Utilities[1] with
                    {
                        Consent = null,
                    },
                    request.Utilities[2],
                ],
            }
        );

        Assert.Equal(
            [(Utility.Water, "consent"), (Utility.Water, "need.peakFlow"), (Utility.Gas, "consent")],
            joint.Missing.Select(gap => (gap.Utility!.Value, gap.Item))
        );
        await scene.UntilAsync(joint, Utility.Network, LegDelivery.Listed);
        Assert.Equal(LegDelivery.Held, (await scene.LegAsync(joint, Utility.Water)).Delivery);

        // One of two gaps is not enough; nothing has left us yet.
        var id = joint.JointApplicationId;
        var wish = JointRequests.Wish(Utility.Water);
        var half = await scene.Hall.Api.ResendLegAsync(id, "water", new LegResendRequest { Consent = wish.Consent });
        Assert.Equal(["need.peakFlow", "consent"], half.Missing.Select(gap => gap.Item));
        Assert.Empty(await scene.Host.Agencies.LegsOfAsync("water"));

        await scene.Hall.Api.ResendLegAsync(id, "water", new LegResendRequest { Need = wish.Need });
        await scene.UntilAsync(joint, Utility.Water, LegDelivery.Arrived);
        var held = Assert.Single(await scene.Host.Agencies.LegsOfAsync("water"));
        Assert.Equal($"{joint.Legs[0].LegId}-1", held.Key);
        Assert.Equal([Utility.Gas], (await scene.ShownAsync(joint)).Missing.Select(gap => gap.Utility!.Value));
        Assert.Empty(await scene.Host.Agencies.LegsOfAsync("gas"));
    }

    [Fact]
    public async Task A_receiver_gets_what_its_grants_name_when_it_gets_it_and_nothing_else()
    {
        await using var scene = await JointDriver.StartAsync(callers: callers =>
        {
            var grants = callers["grants"]!.AsArray();
            grants.Remove(grants.Single(grant => (string)grant!["id"]! == "water-propertyTitle"));
            Fields(grants, "network-legs", "account", "agent", "formerHolder");
            Fields(grants, "network-identity", "name");
        });
        var joint = await scene.OpenAsync(JointRequests.New(Utility.Water, Utility.Network));

        await scene.UntilAsync(joint, Utility.Water, LegDelivery.Arrived);
        var water = Assert.Single(await scene.Host.Agencies.LegsOfAsync("water"));
        Assert.Equal(
            ["applicant.code", "applicant.name", "premises.address"],
            water.Fields.Order(StringComparer.Ordinal)
        );
        Assert.Equal(["identity"], water.Proofs);

        await scene.UntilAsync(joint, Utility.Network, LegDelivery.Listed);
        var item = Assert.Single((await scene.Host.As("network").Api.GetWorkListAsync("network")).Items);
        Assert.DoesNotContain("premises.address", item.Fields.Keys);
        Assert.DoesNotContain("applicant.code", item.Fields.Keys);
        Assert.Contains("applicant.name", item.Fields.Keys);
        Assert.Equal(
            [("identity", "Network Water"), ("propertyTitle", "Network")],
            (await scene.ShownAsync(joint)).Proofs.Select(proof =>
                (
                    proof.Check,
                    string.Join(' ', proof.HandedTo.Select(to => to.ToString()).Order(StringComparer.Ordinal))
                )
            )
        );
    }

    [Fact]
    public async Task A_receiver_without_the_grant_gets_nothing_and_the_others_go_on()
    {
        await using var scene = await JointDriver.StartAsync(callers: callers =>
        {
            var grants = callers["grants"]!.AsArray();
            grants.Remove(grants.Single(grant => (string)grant!["id"]! == "water-legs"));
        });
        var joint = await scene.OpenAsync(JointRequests.New(Utility.Water, Utility.Network));
        await scene.UntilAsync(joint, Utility.Network, LegDelivery.Listed);
        var water = await scene.LegAsync(joint, Utility.Water);
        Assert.Equal(LegDelivery.Held, water.Delivery);
        Assert.Equal("receiver-not-granted", Assert.Single(water.Problems!).Problem);
        Assert.Empty(await scene.Host.Agencies.LegsOfAsync("water"));
        using var list = await scene.Host.As("water").GetAsync("/v1/utilities/water/work-list");
        Assert.Equal("not-granted", await JointDriver.CodeOfAsync(list, HttpStatusCode.Forbidden));
    }

    [Fact]
    public async Task Proofs_are_fetched_once_however_many_utilities_get_them()
    {
        await using var scene = await JointDriver.StartAsync();
        await scene.OpenAsync(JointRequests.New("p02", "t02", [Utility.Network]));
        var forOne = await FetchedAsync(scene);
        await scene.Host.Agencies.ResetAsync();
        var joint = await scene.OpenAsync(
            JointRequests.New("p01", "t01", [Utility.Water, Utility.Gas, Utility.Network])
        );
        Assert.Equal(forOne, await FetchedAsync(scene));
        Assert.NotEmpty(forOne);
        Assert.Equal(["identity", "propertyTitle"], joint.Proofs.Select(proof => proof.Check));
    }

    [Fact]
    public async Task Only_the_caller_that_opened_it_sees_it_and_only_who_is_granted_opens_one()
    {
        await using var scene = await JointDriver.StartAsync();
        using var refused = await scene
            .Host.As("hall-limited")
            .PostAsync("/v1/joint-applications", JointRequests.New(Utility.Network));
        Assert.Equal("not-granted", await JointDriver.CodeOfAsync(refused, HttpStatusCode.Forbidden));

        var joint = await scene.OpenAsync(JointRequests.New(Utility.Network));
        var path = $"/v1/joint-applications/{joint.JointApplicationId}";
        var stranger = scene.Host.As("hall-limited");
        using var seen = await stranger.GetAsync(path);
        Assert.Equal("not-found", await JointDriver.CodeOfAsync(seen, HttpStatusCode.NotFound));
        foreach (var act in new[] { "withdraw", "legs/network/withdraw" })
        {
            using var acted = await stranger.PostAsync($"{path}/{act}", new WithdrawRequest { Reason = "x" });
            Assert.Equal("not-found", await JointDriver.CodeOfAsync(acted, HttpStatusCode.NotFound));
        }

        using var resent = await stranger.PostAsync($"{path}/legs/network/resend", new LegResendRequest());
        Assert.Equal("not-found", await JointDriver.CodeOfAsync(resent, HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task The_same_key_opens_one_and_another_body_under_it_is_a_conflict()
    {
        await using var scene = await JointDriver.StartAsync();
        var request = JointRequests.New(Utility.Network);
        using var first = await scene.Hall.PostAsync("/v1/joint-applications", request, ("Idempotency-Key", "k"));
        using var again = await scene.Hall.PostAsync("/v1/joint-applications", request, ("Idempotency-Key", "k"));
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        using var other = await scene.Hall.PostAsync(
            "/v1/joint-applications",
            JointRequests.New(Utility.Water),
            ("Idempotency-Key", "k")
        );
        Assert.Equal("idempotency-conflict", await JointDriver.CodeOfAsync(other, HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Without_evidence_nothing_is_opened_nothing_moves_and_nothing_is_sent()
    {
        await using var scene = await JointDriver.StartAsync();
        var joint = await scene.OpenAsync(JointRequests.New("p02", "t02", [Utility.Network]));
        await scene.UntilAsync(joint, Utility.Network, LegDelivery.Listed);
        await using (await EvidenceUnavailableTests.LockAsync(scene.Host))
        {
            using var refused = await scene.Hall.PostAsync("/v1/joint-applications", JointRequests.New(Utility.Water));
            Assert.Equal(
                "evidence-unavailable",
                await JointDriver.CodeOfAsync(refused, HttpStatusCode.ServiceUnavailable)
            );
            Assert.Equal(
                "evidence-unavailable",
                await JointDriver.CodeOfAsync(() => scene.ReportAsync(joint.Legs[0], "accepted", statusId: "kept"))
            );
        }

        await using var db = scene.Host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContext();
        Assert.Equal(1, await db.Set<JointApplicationRow>().CountAsync());
        Assert.Equal(0, await db.Set<LegStatusRow>().CountAsync());
        Assert.Empty(await scene.Host.Agencies.LegsOfAsync("water"));
        Assert.Equal(LegState.Received, (await scene.LegAsync(joint, Utility.Network)).State);
        var answer = await scene.ReportAsync(joint.Legs[0], "accepted", statusId: "kept");
        Assert.Equal(StatusEffect.Applied, answer.Effect);
    }

    private static async Task<IReadOnlyList<string>> FetchedAsync(JointDriver scene) =>
        [
            .. (await scene.Host.Agencies.CallsAsync())
                .Where(call => call.Agency is "population-registry" or "real-estate" or "licence-library")
                .Where(call => call.Outcome == "answered")
                .Select(call => $"{call.Agency} {call.Operation}")
                .Order(StringComparer.Ordinal),
        ];

    private static void Fields(JsonArray grants, string grant, params string[] fields) =>
        grants.Single(entry => (string)entry!["id"]! == grant)!["fields"] = new JsonArray([
            .. fields.Select(field => (JsonNode)field),
        ]);
}
