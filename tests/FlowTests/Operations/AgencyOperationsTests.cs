using System.Net;
using System.Net.Http.Json;
using Integration.Contracts;
using Integration.Contracts.V1.Operations;
using Integration.Testing;
using Integration.Testing.World;

namespace Integration.FlowTests.Operations;

/// <summary>What operators see of the agencies.</summary>
public sealed class AgencyOperationsTests : IAsyncLifetime
{
    private IntegrationHost _host = null!;

    public async ValueTask InitializeAsync() =>
        _host = await IntegrationHost.StartAsync(
            new IntegrationHostOptions
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Agencies:real-estate:Limits:PerSecond"] = "50",
                    ["Agencies:real-estate:Limits:Burst"] = "100",
                    ["Agencies:real-estate:Limits:PerDay"] = "1000",
                    ["Agencies:real-estate:Limits:Retries"] = "0",
                },
            }
        );

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_read_model_shows_limits_what_is_used_and_the_last_failure()
    {
        (await _host.Hall.PostAsync("/v1/verifications", HallRequests.Verification())).Dispose();
        await _host.Agencies.BreakAsync("real-estate", "http500");
        (await _host.Hall.PostAsync("/v1/verifications", HallRequests.Verification())).Dispose();

        var answer = await ReadAsync<AgenciesResponse>(await _host.As("ops").GetAsync("/v1/ops/agencies"));

        var registry = answer.Agencies.Single(agency => agency.Agency == "real-estate");
        Assert.Equal(
            ("closed", 0, 64, 32),
            (registry.Circuit, registry.Places.InUse, registry.Places.Parallel, registry.Places.ForBatches)
        );
        Assert.Equal((50, 100), (registry.Rate!.PerSecond, registry.Rate.Burst));
        Assert.Equal(new AgencyDay(1000, 990), registry.Day);
        Assert.Equal(
            ("status", "agency", "http-500"),
            (registry.LastFailure!.Stage, registry.LastFailure.Side, registry.LastFailure.Code)
        );
        Assert.Null(answer.Agencies.Single(agency => agency.Agency == "population-registry").LastFailure);
    }

    [Theory]
    [InlineData("real-estate", "skipped")]
    [InlineData("population-registry", "skipped")]
    [InlineData("business-licence", "passed")]
    [InlineData("exchange-platform", "skipped")]
    [InlineData("licence-library", "skipped")]
    [InlineData("grid-resource", "skipped")]
    [InlineData("project-approval", "skipped")]
    [InlineData("electricity", "skipped")]
    [InlineData("water", "skipped")]
    [InlineData("gas", "skipped")]
    [InlineData("television", "skipped")]
    public async Task A_sound_agency_passes_every_step_of_its_diagnosis(string agency, string testCall)
    {
        var answer = await ReadAsync<DiagnosisResponse>(
            await _host.As("ops").SendAsync(HttpMethod.Post, $"/v1/ops/agencies/{agency}/diagnosis")
        );

        Assert.True(answer.Sound, string.Join('\n', answer.Steps));
        Assert.Equal(["dns", "tcp", "tls", "clock", "secret", "test-call"], answer.Steps.Select(step => step.Step));
        Assert.Equal(
            ["passed", "passed", "skipped", "passed", "passed", testCall],
            answer.Steps.Select(step => step.State)
        );
        Assert.All(answer.Steps, step => Assert.NotEmpty(step.Detail));
    }

    [Fact]
    public async Task A_diagnosis_says_whose_side_it_is_when_a_key_is_not_handed_out()
    {
        await _host.Agencies.BreakAsync("exchange-platform", "http500");

        var answer = await ReadAsync<DiagnosisResponse>(
            await _host.As("ops").SendAsync(HttpMethod.Post, "/v1/ops/agencies/population-registry/diagnosis")
        );

        var secret = answer.Steps.Single(step => step.Step == "secret");
        Assert.False(answer.Sound);
        Assert.Equal("failed", secret.State);
        Assert.Contains("http-500", secret.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_sees_them_and_an_unknown_agency_is_not_found()
    {
        using var list = await _host.Hall.GetAsync("/v1/ops/agencies");
        using var diagnosis = await _host.Hall.SendAsync(HttpMethod.Post, "/v1/ops/agencies/real-estate/diagnosis");
        using var unknown = await _host.As("ops").SendAsync(HttpMethod.Post, "/v1/ops/agencies/nowhere/diagnosis");

        Assert.Equal(HttpStatusCode.Forbidden, list.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, diagnosis.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer)
    {
        using (answer)
        {
            answer.EnsureSuccessStatusCode();
            return (await answer.Content.ReadFromJsonAsync<T>(IntegrationJson.Options))!;
        }
    }
}
