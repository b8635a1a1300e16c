using System.Net;
using System.Text.Json.Nodes;
using Integration.Gateway.Platform.Database;
using Integration.Testing;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Operations;

/// <summary>The database file is taken away or replaced under a gateway that runs, as callers see it.</summary>
public sealed class ForeignDatabaseTests : IAsyncLifetime
{
    private IntegrationHost _host = null!;

    public async ValueTask InitializeAsync() =>
        _host = await IntegrationHost.StartAsync(
            new IntegrationHostOptions
            {
                Settings = new Dictionary<string, string?> { ["Gateway:Database:Timeout"] = "00:00:01" },
            }
        );

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reading_and_writing_answer_503_until_the_file_is_back(bool isReplaced)
    {
        var made = await VerifiedAsync();
        var file = FileOf();
        File.Move(file, $"{file}.away");
        if (isReplaced)
        {
            File.Copy($"{file}.away", file);
        }

        using (var post = await _host.Hall.PostAsync("/v1/verifications", HallRequests.Verification()))
        {
            await IsUnavailableAsync(post);
        }

        foreach (var path in (string[])[$"/v1/verifications/{made}", $"/v1/evidence/{made}", "/v1/cases/CASE-1"])
        {
            using var get = await _host.Hall.GetAsync(path);
            await IsUnavailableAsync(get);
        }

        await _host.ChecksHaveLookedAgainAsync();
        using (var ready = await _host.Hall.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        }

        File.Move($"{file}.away", file, overwrite: true);
        await VerifiedAsync();
        using var back = await _host.Hall.GetAsync($"/v1/verifications/{made}");
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
    }

    [Fact]
    public async Task A_database_that_is_locked_answers_reads_as_before()
    {
        var made = await VerifiedAsync();
        await using var locked = await EvidenceUnavailableTests.LockAsync(_host);
        using var get = await _host.Hall.GetAsync($"/v1/verifications/{made}");
        Assert.Equal(HttpStatusCode.OK, get.StatusCode);
    }

    private static async Task IsUnavailableAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Contains((string?)problem["code"], (string[])["unavailable", "evidence-unavailable"]);
        Assert.Equal("safe", (string?)problem["retry"]);
    }

    private async Task<string> VerifiedAsync()
    {
        using var answer = await _host.Hall.PostAsync("/v1/verifications", HallRequests.Verification());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["verificationId"]!;
    }

    private string FileOf()
    {
        using var db = _host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContext();
        return db.Database.GetDbConnection().DataSource;
    }
}
