using System.Net;
using System.Text.Json.Nodes;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications;
using Integration.Gateway.Platform.Database;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.JointApplications;

/// <summary>Several clients of one utility: each sees and moves what its own grants name, not what the others are granted.</summary>
public sealed class UtilityClientTests : IAsyncLifetime
{
    private const string None = "network-none";
    private const string First = "a-network-none";
    private const string Expired = "network-expired";
    private const string Fieldless = "network-fieldless";
    private const string Transfers = "network-transfers";
    private const string Partly = "network-partly";
    private JointDriver _scene = null!;
    private readonly List<HallDriver> _drivers = [];

    public async ValueTask InitializeAsync() => _scene = await JointDriver.StartAsync(callers: Prepare);

    public async ValueTask DisposeAsync()
    {
        foreach (var driver in _drivers)
        {
            await driver.DisposeAsync();
        }

        await _scene.DisposeAsync();
    }

    [Theory]
    [InlineData(None, HttpStatusCode.Forbidden)]
    [InlineData(First, HttpStatusCode.Forbidden)]
    [InlineData(Expired, HttpStatusCode.Forbidden)]
    [InlineData(Fieldless, HttpStatusCode.Forbidden)]
    [InlineData(Transfers, HttpStatusCode.NotFound)]
    public async Task A_client_without_a_grant_for_the_purpose_sees_nothing_and_moves_nothing(
        string id,
        HttpStatusCode refused
    )
    {
        var joint = await _scene.OpenAsync(JointRequests.New(Utility.Network));
        var leg = await _scene.UntilAsync(joint, Utility.Network, LegDelivery.Listed);
        var client = As(id);

        using var list = await client.GetAsync("/v1/utilities/network/work-list");
        if (refused == HttpStatusCode.NotFound)
        {
            Assert.Empty(JsonNode.Parse(await list.Content.ReadAsStringAsync())!["items"]!.AsArray());
        }
        else
        {
            Assert.Equal("not-granted", await JointDriver.CodeOfAsync(list, refused));
        }

        foreach (var (path, body) in Moves(leg.LegId))
        {
            using var answer = await client.SendAsync(HttpMethod.Post, path, body);
            Assert.Equal(refused, answer.StatusCode);
        }

        var untouched = await _scene.LegAsync(joint, Utility.Network);
        Assert.Equal((LegState.Received, LegDelivery.Listed), (untouched.State, untouched.Delivery));
        Assert.Null(untouched.Fees);
        Assert.Equal(0, await StatusesAsync());

        // The client next to it, which is granted this purpose, sees it and moves it.
        var network = _scene.Host.As("network");
        Assert.Equal(leg.LegId, Assert.Single((await network.Api.GetWorkListAsync("network")).Items).LegId);
        foreach (var (path, body) in Moves(leg.LegId))
        {
            using var answer = await network.SendAsync(HttpMethod.Post, path, body);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(LegState.Accepted, (await _scene.LegAsync(joint, Utility.Network)).State);
    }

    [Fact]
    public async Task A_leg_of_another_purpose_looks_as_one_that_is_not_there()
    {
        var joint = await _scene.OpenAsync(JointRequests.New(Utility.Network));
        var leg = await _scene.UntilAsync(joint, Utility.Network, LegDelivery.Listed);
        var client = As(Transfers);

        foreach (var ((path, body), (otherPath, otherBody)) in Moves(leg.LegId).Zip(Moves("jnt_none.network")))
        {
            using var there = await client.SendAsync(HttpMethod.Post, path, body);
            using var nowhere = await client.SendAsync(HttpMethod.Post, otherPath, otherBody);
            Assert.Equal(await WithoutTraceAsync(nowhere), await WithoutTraceAsync(there));
        }
    }

    [Fact]
    public async Task Of_two_purposes_each_client_sees_and_moves_its_own()
    {
        var opened = await _scene.OpenAsync(JointRequests.New("p01", "t01", [Utility.Network]));
        var moved = await _scene.OpenAsync(Transfer());
        var open = await _scene.UntilAsync(opened, Utility.Network, LegDelivery.Listed);
        var move = await _scene.UntilAsync(moved, Utility.Network, LegDelivery.Listed);

        Assert.Equal([open.LegId], await SeenAsync(Partly));
        Assert.Equal([move.LegId], await SeenAsync(Transfers));
        Assert.Equal(2, (await _scene.Host.As("network").Api.GetWorkListAsync("network")).Items.Count);
        foreach (var (id, own, other) in new[] { (Partly, open, move), (Transfers, move, open) })
        {
            foreach (var (path, body) in Moves(other.LegId))
            {
                using var refused = await As(id).SendAsync(HttpMethod.Post, path, body);
                Assert.Equal("not-found", await JointDriver.CodeOfAsync(refused, HttpStatusCode.NotFound));
            }

            foreach (var (path, body) in Moves(own.LegId))
            {
                using var done = await As(id).SendAsync(HttpMethod.Post, path, body);
                Assert.Equal(HttpStatusCode.OK, done.StatusCode);
            }

            Assert.Empty(await SeenAsync(id));
        }
    }

    [Fact]
    public async Task Each_client_sees_the_fields_that_its_own_grants_name()
    {
        var joint = await _scene.OpenAsync(JointRequests.New(Utility.Network));
        await _scene.UntilAsync(joint, Utility.Network, LegDelivery.Listed);

        var partly = Assert.Single((await As(Partly).Api.GetWorkListAsync("network")).Items);
        Assert.Equal(["applicant.name"], partly.Fields.Keys);
        Assert.Equal(["identity"], partly.Proofs.Select(proof => proof.Check));
        Assert.Equal([("identity", "Network"), ("propertyTitle", "")], await HandedToAsync(joint));

        var whole = Assert.Single((await _scene.Host.As("network").Api.GetWorkListAsync("network")).Items);
        Assert.Contains("applicant.code", whole.Fields.Keys);
        Assert.Contains("premises.address", whole.Fields.Keys);
        Assert.Equal(["identity", "propertyTitle"], whole.Proofs.Select(proof => proof.Check));
        Assert.Equal([("identity", "Network"), ("propertyTitle", "Network")], await HandedToAsync(joint));

        // What one has seen is not given to the other.
        Assert.Equal(
            ["applicant.name"],
            Assert.Single((await As(Partly).Api.GetWorkListAsync("network")).Items).Fields.Keys
        );
        Assert.Equal([("identity", "Network"), ("propertyTitle", "Network")], await HandedToAsync(joint));
    }

    [Fact]
    public async Task A_grant_that_ends_ends_what_a_token_may_do()
    {
        var joint = await _scene.OpenAsync(JointRequests.New(Utility.Network));
        var leg = await _scene.UntilAsync(joint, Utility.Network, LegDelivery.Listed);
        var client = As(Partly);
        Assert.Single((await client.Api.GetWorkListAsync("network")).Items);

        var callers = JsonNode.Parse(await File.ReadAllTextAsync(_scene.Host.CallersFile))!;
        callers["grants"]!.AsArray().Single(grant => (string)grant!["id"]! == $"{Partly}-legs")!["validUntil"] =
            "2026-02-01";
        await File.WriteAllTextAsync(_scene.Host.CallersFile, callers.ToJsonString());
        await Eventually.GetAsync(
            "the file is read again",
            async () =>
            {
                using var list = await client.GetAsync("/v1/utilities/network/work-list");
                return list.StatusCode;
            },
            status => status == HttpStatusCode.Forbidden
        );

        foreach (var (path, body) in Moves(leg.LegId))
        {
            using var refused = await client.SendAsync(HttpMethod.Post, path, body);
            Assert.Equal("not-granted", await JointDriver.CodeOfAsync(refused, HttpStatusCode.Forbidden));
        }

        Assert.Equal(LegDelivery.Listed, (await _scene.LegAsync(joint, Utility.Network)).Delivery);
    }

    [Fact]
    public async Task A_provider_that_is_called_gets_what_the_first_client_with_a_grant_of_its_own_may_have()
    {
        var joint = await _scene.OpenAsync(JointRequests.New(Utility.Water));
        await _scene.UntilAsync(joint, Utility.Water, LegDelivery.Arrived);

        // w-1-partly gets it: w-0-none stands before it and has no grant, water stands behind it and has more.
        var held = Assert.Single(await _scene.Host.Agencies.LegsOfAsync("water"));
        Assert.Equal(
            ["applicant.code", "applicant.name", "premises.address"],
            held.Fields.Order(StringComparer.Ordinal)
        );
        Assert.Equal(["identity"], held.Proofs);
    }

    [Fact]
    public async Task A_leg_that_was_never_handed_over_does_not_exist_for_its_provider()
    {
        var request = JointRequests.New(Utility.Network, Utility.Water);
        var joint = await _scene.OpenAsync(
            request with
            {
                Utilities = [.. request.Utilities!.Select(wish => wish with { Consent = null })],
            }
        );
        Assert.All(joint.Legs, leg => Assert.Equal(LegDelivery.Held, leg.Delivery));
        var network = joint.Legs.Single(leg => leg.Utility == Utility.Network);
        var water = joint.Legs.Single(leg => leg.Utility == Utility.Water);

        foreach (var leg in joint.Legs)
        {
            await MovesNothingAsync(leg);
        }

        Assert.All(
            (await _scene.ShownAsync(joint)).Legs,
            leg => Assert.Equal((LegState.Received, LegDelivery.Held), (leg.State, leg.Delivery))
        );

        // Taken back before it ever left, it cannot be reported on either.
        await _scene.Hall.Api.WithdrawLegAsync(
            joint.JointApplicationId,
            "water",
            new WithdrawRequest { Reason = "不办了" }
        );
        Assert.Equal("not-found", await JointDriver.CodeOfAsync(() => _scene.ReportAsync(water, "connected")));
        Assert.Equal(
            StatusEffect.Repeated,
            (await _scene.Host.As("water").Api.TakeWorkAsync("water", water.LegId)).Effect
        );
        var withdrawn = await _scene.LegAsync(joint, Utility.Water);
        Assert.Equal(LegState.Withdrawn, withdrawn.State);
        Assert.Null(withdrawn.Problems);
        Assert.Equal(0, await StatusesAsync());

        // Handed over, it does.
        await _scene.Hall.Api.ResendLegAsync(
            joint.JointApplicationId,
            "network",
            new LegResendRequest { Consent = JointRequests.Wish(Utility.Network).Consent }
        );
        await _scene.UntilAsync(joint, Utility.Network, LegDelivery.Listed);
        Assert.Equal(StatusEffect.Applied, (await _scene.ReportAsync(network, "accepted")).Effect);
        Assert.Equal(1, await StatusesAsync());
    }

    [Fact]
    public async Task A_leg_that_its_provider_returned_is_still_known_there()
    {
        var joint = await _scene.OpenAsync(JointRequests.New(Utility.Network));
        var leg = await _scene.UntilAsync(joint, Utility.Network, LegDelivery.Listed);
        var first = _scene.Host.Time.GetUtcNow().AddMinutes(-5);
        await _scene.ReportAsync(leg, "returned", first, missing: ["lease"]);
        Assert.Equal(LegDelivery.Held, (await _scene.LegAsync(joint, Utility.Network)).Delivery);

        Assert.Equal(StatusEffect.Applied, (await _scene.ReportAsync(leg, "accepted", first.AddMinutes(1))).Effect);
        Assert.Equal(LegState.Accepted, (await _scene.LegAsync(joint, Utility.Network)).State);
    }

    private static void Prepare(JsonObject callers)
    {
        UtilityClients.Add(callers, "network", First);
        foreach (var id in new[] { None, Expired, Fieldless, Transfers, Partly })
        {
            UtilityClients.Add(callers, "network", id);
        }

        UtilityClients.Grant(callers, Expired, "legs", "joint.new", "address", until: "2026-02-01");
        UtilityClients.Grant(callers, Expired, "identity", "joint.new", "name");
        UtilityClients.Grant(callers, Fieldless, "legs", "joint.new", "");
        UtilityClients.Grant(callers, Fieldless, "identity", "joint.new", "name idNumber");
        UtilityClients.Grant(callers, Transfers, "legs", "joint.transfer", "address account formerHolder");
        UtilityClients.Grant(callers, Transfers, "identity", "joint.new", "name idNumber");
        UtilityClients.Grant(callers, Partly, "legs", "joint.new", "account");
        UtilityClients.Grant(callers, Partly, "identity", "joint.new", "name");

        UtilityClients.Add(callers, "water", "w-0-none", isFirst: true);
        UtilityClients.Add(callers, "water", "w-1-partly");
        UtilityClients.Grant(callers, "w-1-partly", "legs", "joint.new", "address");
        UtilityClients.Grant(callers, "w-1-partly", "identity", "joint.new", "name idNumber");
    }

    private static JointApplicationRequest Transfer() =>
        JointRequests.New("p02", "t02", [Utility.Network]) with
        {
            Purpose = "joint.transfer",
            Kind = JointKind.Transfer,
            Former = new FormerHolderInput
            {
                Holder = "李四",
                Accounts = [new AccountInput { Utility = Utility.Network, Account = "N-100" }],
            },
        };

    private HallDriver As(string id)
    {
        var driver = _scene.Host.Client("network", id);
        _drivers.Add(driver);
        return driver;
    }

    /// <summary>Everything a client can do to a leg.</summary>
    private IEnumerable<(string Path, object? Body)> Moves(string legId)
    {
        var utility = legId[(legId.LastIndexOf('.') + 1)..];
        yield return ($"/v1/utilities/{utility}/work-list/{legId}/taken", null);
        yield return (
            $"/v1/utilities/{utility}/statuses",
            new LegStatusReport
            {
                StatusId = $"move-{legId}",
                LegId = legId,
                State = "accepted",
                At = _scene.Host.Time.GetUtcNow(),
                Fees = [new LegFee { Name = "宽带月租", Amount = 1 }],
            }
        );
    }

    private async Task MovesNothingAsync(LegResponse leg)
    {
        var utility = leg.LegId[(leg.LegId.LastIndexOf('.') + 1)..];
        foreach (var (path, body) in Moves(leg.LegId))
        {
            using var refused = await _scene.Host.As(utility).SendAsync(HttpMethod.Post, path, body);
            Assert.Equal("not-found", await JointDriver.CodeOfAsync(refused, HttpStatusCode.NotFound));
        }
    }

    private async Task<IEnumerable<string>> SeenAsync(string id) =>
        (await As(id).Api.GetWorkListAsync("network")).Items.Select(item => item.LegId);

    private async Task<IEnumerable<(string, string)>> HandedToAsync(JointApplicationResponse joint) =>
        (await _scene.ShownAsync(joint)).Proofs.Select(proof => (proof.Check, string.Join(' ', proof.HandedTo)));

    private async Task<int> StatusesAsync()
    {
        await using var db = _scene.Host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContext();
        return await db.Set<LegStatusRow>().CountAsync();
    }

    private static async Task<string> WithoutTraceAsync(HttpResponseMessage answer)
    {
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
        Assert.True(problem.Remove("traceId"));
        return $"{(int)answer.StatusCode} {problem.ToJsonString()}";
    }
}
