using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Integration.Adapters.Ports;
using Integration.Contracts;
using Integration.Contracts.V1.Verifications;
using Integration.Testing;
using Integration.Testing.World;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Operations;

public sealed class DrainTests
{
    private const int Calls = 20;

    [Fact]
    public async Task A_stop_lets_every_running_call_end_and_no_answer_is_without_its_evidence()
    {
        await using var host = await IntegrationHost.StartAsync(
            new IntegrationHostOptions { AgencyLatency = TimeSpan.FromSeconds(1.5) }
        );
        (await host.Hall.PostAsync("/v1/verifications", HallRequests.Identity())).Dispose(); // its key is known from now on
        var token = await host.Hall.TokenAsync();
        using var caller = new HttpClient { BaseAddress = host.Gateway };
        caller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var running = Enumerable.Range(0, Calls).Select(_ => VerifyAsync(caller)).ToList();
        await AllAreAtTheAgencyAsync(host);

        await host.RestartAsync();
        var answers = await Task.WhenAll(running).WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);

        var ops = host.As("ops");
        foreach (var answer in answers)
        {
            var check = answer.Checks.Single();
            Assert.Equal(CheckOutcome.Match, check.Outcome);
            using var evidence = await ops.GetAsync($"/v1/evidence/{check.EvidenceId}");
            Assert.Equal(HttpStatusCode.OK, evidence.StatusCode);
        }

        Assert.Equal(Calls, answers.Select(answer => answer.VerificationId).Distinct(StringComparer.Ordinal).Count());
    }

    private static async Task<VerificationResponse> VerifyAsync(HttpClient caller)
    {
        using var answer = await caller.PostAsJsonAsync(
            "/v1/verifications",
            HallRequests.Identity(),
            IntegrationJson.Options
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<VerificationResponse>(IntegrationJson.AnswerOptions))!;
    }

    private static async Task AllAreAtTheAgencyAsync(IntegrationHost host)
    {
        var conditions = host.Services.GetRequiredService<IAgencyConditions>();
        for (var i = 0; i < 300; i++)
        {
            var registry = conditions.Current.Single(agency => agency.Agency == "population-registry");
            if (registry.Use.InUse == Calls)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        Assert.Fail("The calls did not reach the agency.");
    }
}
