using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Policy;
using Integration.Testing;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Verifications;

/// <summary>The policy says: titles are asked of all sources. The licence library still has the former name of one holder.</summary>
public sealed class AskingAllSourcesTests : IAsyncLifetime
{
    private readonly DirectoryInfo _policies = Directory.CreateTempSubdirectory("policy");
    private IntegrationHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        var policy = PolicyFile.In(directory: null).Single();
        var changed = policy.Text.Replace(
            "\"sources\": [\"real-estate\", \"licence-library\"],",
            "\"sources\": [\"real-estate\", \"licence-library\"], \"mode\": \"all\",",
            StringComparison.Ordinal
        );
        Assert.NotEqual(policy.Text, changed);
        await File.WriteAllTextAsync(Path.Combine(_policies.FullName, "all.json"), changed);
        _host = await IntegrationHost.StartAsync(
            new IntegrationHostOptions
            {
                Settings = new Dictionary<string, string?> { ["Gateway:Policy:Directory"] = _policies.FullName },
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _policies.Delete(recursive: true);
    }

    [Fact]
    public async Task Two_sources_that_contradict_each_other_are_ambiguous_and_both_are_on_record()
    {
        var request = Title("p-renamed", "t-renamed");

        var check = Assert.Single((await _host.Hall.Api.VerifyAsync(request)).Checks);

        Assert.Equal(CheckOutcome.Ambiguous, check.Outcome);
        Assert.Equal(
            ["licence-library", "real-estate"],
            (await CallsAsync(request.CaseId!)).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Two_sources_that_agree_match()
    {
        var check = Assert.Single((await _host.Hall.Api.VerifyAsync(Title("p01", "t01"))).Checks);

        Assert.Equal(CheckOutcome.Match, check.Outcome);
    }

    [Fact]
    public async Task One_source_that_knows_is_enough()
    {
        await _host.Agencies.BreakAsync("licence-library", "http500");

        var check = Assert.Single((await _host.Hall.Api.VerifyAsync(Title("p-renamed", "t-renamed"))).Checks);

        Assert.Equal(CheckOutcome.Match, check.Outcome);
    }

    private static VerificationRequest Title(string person, string title) =>
        HallRequests.Identity(person) with
        {
            Property = SyntheticWorld.Title(title),
            Checks = [CheckName.PropertyTitle],
        };

    private async Task<IEnumerable<string>> CallsAsync(string caseId)
    {
        var factory = _host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>();
        await using var db = await factory.CreateDbContextAsync();
        var records = await db.Set<EvidenceRow>()
            .Where(row => row.CaseId == caseId)
            .Select(row => row.Record)
            .ToListAsync();
        return records
            .Select(record => System.Text.Json.JsonDocument.Parse(record).RootElement)
            .Where(record => record.TryGetProperty("call", out _))
            .Select(record => record.GetProperty("call").GetProperty("agency").GetString()!);
    }
}
