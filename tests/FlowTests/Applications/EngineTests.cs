using Integration.Contracts.Client;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications;
using Integration.Gateway.Applications.Deadlines;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Timers;
using Integration.Testing;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Integration.FlowTests.Applications;

/// <summary>What depends on the database, on both of them.</summary>
public class EngineTests
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task An_application_lives_through_all_its_states(Engine engine)
    {
        await using var host = await IntegrationHost.StartAsync(new() { Engine = engine });
        await host.Agencies.BreakAsync("population-registry", "http500");
        var request = HallRequests.Residential("p03", "t01");
        var made = await host.Hall.Api.ApplyAsync(
            request with
            {
                Premises = request.Premises! with
                {
                    Tenure = Tenure.Lease,
                    Lease = new() { LandlordName = "张三", LandlordCode = "421022197001010112" },
                },
            }
        );
        await host.Agencies.MendAsync("population-registry");

        await host
            .Services.GetServices<ITimerHandler>()
            .Single(handler => handler.Kind == RecheckTimer.TimerKind)
            .HandleAsync(new TimerCall(made.ApplicationId, host.Time.GetUtcNow()), CancellationToken.None);
        await host.Hall.Api.AddMaterialAsync(
            made.ApplicationId,
            new()
            {
                Proof = "lease",
                Reference = "FILE-1",
                Sha256 = new string('0', 64),
            }
        );
        var withdrawn = await host.Hall.Api.WithdrawAsync(made.ApplicationId, new() { Reason = "不需要了" });

        Assert.Equal(
            ["source-unavailable", "one-paper-missing", "one-paper", "one-paper"],
            withdrawn.History.Select(entry => entry.Rule)
        );
        Assert.Equal(withdrawn.Receipt, (await host.Hall.Api.GetApplicationAsync(made.ApplicationId)).Receipt);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task Without_evidence_there_is_no_answer_and_nothing_is_stored(Engine engine)
    {
        await using var host = await IntegrationHost.StartAsync(new() { Engine = engine });
        await host.Services.GetServices<IHostedService>().OfType<EvidenceWriter>().Single().StopAsync(default);

        var application = await Assert.ThrowsAsync<IntegrationProblemException>(() =>
            host.Hall.Api.ApplyAsync(HallRequests.Residential())
        );
        var verification = await Assert.ThrowsAsync<IntegrationProblemException>(() =>
            host.Hall.Api.VerifyAsync(HallRequests.Identity())
        );

        await using var db = await host
            .Services.GetRequiredService<IDbContextFactory<GatewayDb>>()
            .CreateDbContextAsync();
        Assert.Equal("evidence-unavailable", application.Problem.Code);
        Assert.Equal("evidence-unavailable", verification.Problem.Code);
        Assert.Empty(await db.Set<ApplicationRow>().ToListAsync());
    }

    [Fact]
    public async Task What_is_stored_of_an_application_shows_nothing_personal()
    {
        await using var host = await IntegrationHost.StartAsync();
        await host.Hall.Api.ApplyAsync(HallRequests.Commercial());
        await host.Hall.Api.VerifyAsync(HallRequests.Verification());

        await using var db = await host
            .Services.GetRequiredService<IDbContextFactory<GatewayDb>>()
            .CreateDbContextAsync();
        var application = await db.Set<ApplicationRow>().SingleAsync();
        var stored = string.Join(
            '\n',
            application.Dossier,
            application.Request.Json,
            System.Text.Encoding.UTF8.GetString(application.Answer),
            string.Join('\n', await db.Set<EvidenceRow>().Select(row => row.Record).ToListAsync())
        );
        Assert.All(
            SyntheticWorld.PersonalData,
            value => Assert.DoesNotContain(value, stored, StringComparison.Ordinal)
        );
    }
}
