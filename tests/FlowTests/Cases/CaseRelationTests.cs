using System.Net;
using System.Text.Json.Nodes;
using Integration.Contracts.Client;
using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Callers;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Cases;

/// <summary>Whose a case is: a grant for cases alone opens none of another caller's.</summary>
public sealed class CaseRelationTests : IAsyncLifetime
{
    private CaseDriver _cases = null!;

    public async ValueTask InitializeAsync() => _cases = await CaseDriver.StartAsync(Engine.Sqlite);

    public ValueTask DisposeAsync() => _cases.DisposeAsync();

    [Fact]
    public async Task A_grant_for_cases_that_names_no_owner_reaches_nobody_elses_case()
    {
        var caseId = await _cases.AcceptedAsync();
        var stop = await _cases.Host.Hall.Api.BeginStopAsync(caseId, Stop);
        var before = await _cases.RecordsAsync(caseId);

        foreach (var client in new[] { "hall-limited", "water", "municipal" })
        {
            foreach (var query in new[] { string.Empty, "?caller=hall", $"?caller={client}" })
            {
                var driver = _cases.Host.As(client);
                using var milestone = await driver.PostAsync($"/v1/cases/{caseId}/milestones{query}", Connected);
                using var begun = await driver.PostAsync($"/v1/cases/{caseId}/stops{query}", Stop);
                using var ended = await driver.SendAsync(
                    HttpMethod.Delete,
                    $"/v1/cases/{caseId}/stops/{stop.StopId}{query}"
                );
                using var unknown = await driver.PostAsync($"/v1/cases/HALL-NONE/milestones{query}", Connected);

                var told = await Task.WhenAll(
                    new[] { milestone, begun, ended, unknown }.Select(HallDriver.ProblemOfAsync)
                );
                Assert.All(told, problem => Assert.Equal(404, problem.Status));
                Assert.Single(told.Select(problem => problem.Detail).Distinct(StringComparer.Ordinal));
            }
        }

        Assert.Equal(before, await _cases.RecordsAsync(caseId));
        Assert.Null(Assert.Single((await _cases.ClocksAsync(caseId, "company")).Stops).Until);
    }

    [Fact]
    public async Task A_grant_that_names_the_owner_reaches_its_cases_and_no_others()
    {
        var caseId = await _cases.AcceptedAsync();
        await _cases.CopyToAsync("hall-limited", caseId);
        await NameOwnersAsync("electricity", "hall");
        var electricity = _cases.Host.As("electricity");

        var stop = await electricity.Api.BeginStopAsync(caseId, Stop); // one case only is within reach, so none has to be named
        await electricity.Api.EndStopAsync(caseId, stop.StopId, "hall");
        await RefusedAsync(404, () => electricity.Api.BeginStopAsync(caseId, Stop, caller: "hall-limited"));
        await electricity.Api.ReachMilestoneAsync(caseId, new MilestoneRequest { Milestone = "surveyed" });

        var mine = await _cases.Host.Hall.Api.GetCaseAsync(caseId);
        Assert.Equal("electricity", Assert.Single(mine.Timeline, entry => entry.Outcome == "surveyed").By);
        var theirs = await _cases.Host.As("hall-limited").Api.GetCaseAsync(caseId);
        Assert.DoesNotContain(theirs.Timeline, entry => entry.Outcome == "surveyed");

        await NameOwnersAsync("electricity");
        await RefusedAsync(404, () => electricity.Api.BeginStopAsync(caseId, Stop));
    }

    [Fact]
    public async Task Who_may_act_in_several_cases_of_one_number_names_the_one_that_is_meant()
    {
        var caseId = await _cases.AcceptedAsync();
        await _cases.CopyToAsync("hall-limited", caseId);
        var electricity = _cases.Host.As("electricity"); // its grant names both halls

        await RefusedAsync(400, () => electricity.Api.BeginStopAsync(caseId, Stop));
        await electricity.Api.BeginStopAsync(caseId, Stop, caller: "hall");
    }

    [Fact]
    public async Task The_record_of_an_act_is_for_who_acted_for_the_owner_and_for_operators()
    {
        var caseId = await _cases.AcceptedAsync();
        var reached = await _cases
            .Host.As("electricity")
            .Api.ReachMilestoneAsync(caseId, new MilestoneRequest { Milestone = "surveyed" });
        var path = $"/v1/evidence/{Assert.Single(reached.Timeline).EvidenceId}";

        foreach (
            var (client, status) in new[]
            {
                ("electricity", HttpStatusCode.OK),
                ("hall", HttpStatusCode.OK),
                ("ops", HttpStatusCode.OK),
                ("hall-limited", HttpStatusCode.NotFound),
                ("water", HttpStatusCode.NotFound),
            }
        )
        {
            var driver = _cases.Host.As(client);
            using var answer = await driver.GetAsync(path);
            Assert.Equal((client, status), (client, answer.StatusCode));
        }
    }

    [Fact]
    public async Task What_is_anothers_looks_as_if_it_were_not_there()
    {
        var hall = _cases.Host.Hall.Api;
        var request = HallRequests.Residential("p02", "t02");
        var application = await hall.ApplyAsync(request);
        var joint = await _cases.Host.Hall.PostAsync("/v1/joint-applications", JointRequests.New(Utility.Water));
        var jointId = JsonNode.Parse(await joint.Content.ReadAsStringAsync())![
            "jointApplicationId"
        ]!.GetValue<string>();
        var verification = await hall.VerifyAsync(HallRequests.Identity("p02"));
        using var municipal = _cases.Host.Municipal();
        var receipt = await municipal.AcceptedAsync(MunicipalEvents.Opened(time: _cases.Clock.GetUtcNow()));
        var evidenceId = (await hall.GetCaseAsync(request.CaseId!))
            .Timeline.First(entry => entry.EvidenceId is not null)
            .EvidenceId;
        (string Path, string Other)[] objects =
        [
            ($"/v1/applications/{application.ApplicationId}", "/v1/applications/app_none"),
            ($"/v1/joint-applications/{jointId}", "/v1/joint-applications/jnt_none"),
            ($"/v1/verifications/{verification.VerificationId}", "/v1/verifications/vrf_none"),
            ($"/v1/events/{receipt.ReceiptId}", "/v1/events/evr_none"),
            ($"/v1/events/{receipt.ReceiptId}/receipt", "/v1/events/evr_none/receipt"),
            ($"/v1/cases/{request.CaseId}", "/v1/cases/HALL-NONE"),
            ($"/v1/evidence/{evidenceId}", "/v1/evidence/evd_none"),
        ];

        foreach (var (path, other) in objects)
        {
            foreach (var client in new[] { "hall-limited", "water", "electricity" })
            {
                var driver = _cases.Host.As(client);
                using var theirs = await driver.GetAsync(path);
                using var absent = await driver.GetAsync(other);
                Assert.Equal((path, HttpStatusCode.NotFound), (path, theirs.StatusCode));
                Assert.Equal(await TextOfAsync(absent), await TextOfAsync(theirs));
            }
        }
    }

    /// <summary>Operators look at everything and act in no other's name, even if a grant names one.</summary>
    [Fact]
    public async Task Operators_with_every_grant_do_not_act_on_what_is_not_theirs()
    {
        var hall = _cases.Host.Hall.Api;
        var application = await hall.ApplyAsync(HallRequests.Residential("p02", "t02"));
        using var joint = await _cases.Host.Hall.PostAsync("/v1/joint-applications", JointRequests.New(Utility.Water));
        var jointId = JsonNode.Parse(await joint.Content.ReadAsStringAsync())![
            "jointApplicationId"
        ]!.GetValue<string>();
        await ChangeAsync(grants =>
        {
            foreach (var service in new[] { "applications", "jointApplications", "propertyTitle" })
            {
                var granted = grants.First(grant => grant!["id"]!.GetValue<string>() == $"hall-{service}")!.DeepClone();
                granted["id"] = $"ops-{service}";
                granted["client"] = "ops";
                grants.Add(granted);
            }
        });
        var ops = _cases.Host.As("ops");

        using var withdrawn = await ops.PostAsync(
            $"/v1/applications/{application.ApplicationId}/withdraw",
            """{"reason":"none of theirs"}"""
        );
        using var whole = await ops.PostAsync(
            $"/v1/joint-applications/{jointId}/withdraw",
            """{"reason":"none of theirs"}"""
        );

        Assert.Equal(HttpStatusCode.Forbidden, withdrawn.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, whole.StatusCode);
        await ops.Api.GetApplicationAsync(application.ApplicationId);
        await hall.WithdrawAsync(application.ApplicationId, new() { Reason = "ours" });
    }

    private static StopRequest Stop { get; } =
        new()
        {
            Clock = "company",
            Reason = "force-majeure",
            Evidence = "DOC-1",
        };

    private static MilestoneRequest Connected { get; } = new() { Milestone = "connected" };

    private Task NameOwnersAsync(string client, params string[] owners) =>
        ChangeAsync(grants =>
        {
            var grant = grants.Single(grant => grant!["id"]!.GetValue<string>() == $"{client}-cases")!.AsObject();
            grant["owners"] = new JsonArray([.. owners.Select(owner => JsonValue.Create(owner))]);
        });

    private async Task ChangeAsync(Action<JsonArray> change)
    {
        var callers = JsonNode.Parse(File.ReadAllText(_cases.Host.CallersFile))!;
        change(callers["grants"]!.AsArray());
        File.WriteAllText(_cases.Host.CallersFile, callers.ToJsonString());
        Assert.Empty(
            await _cases
                .Host.Services.GetRequiredService<CallerDirectory>()
                .ReloadAsync(TestContext.Current.CancellationToken)
        );
    }

    private static async Task<string> TextOfAsync(HttpResponseMessage answer)
    {
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
        foreach (var own in new[] { "traceId", "instance", "requestId" })
        {
            problem.Remove(own); // of the request, not of what was asked for
        }

        return problem.ToJsonString();
    }

    private static async Task RefusedAsync<T>(int status, Func<Task<T>> request)
    {
        var refused = await Assert.ThrowsAsync<IntegrationProblemException>(request);
        Assert.Equal(status, refused.Problem.Status);
    }
}
