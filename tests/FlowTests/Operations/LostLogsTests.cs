using System.Net;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Platform.Database;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.Processes;
using Integration.Testing.Recording;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integration.FlowTests.Operations;

/// <summary>Logs may be lost, acknowledged work may not.</summary>
public sealed class LostLogsTests
{
    [Fact]
    public async Task A_log_that_throws_on_every_line_ends_nothing()
    {
        var log = new ThrowingProvider();
        await using var host = await IntegrationHost.StartAsync(
            new IntegrationHostOptions
            {
                Settings = new Dictionary<string, string?> { ["Gateway:Database:Timeout"] = "00:00:01" },
                Adjust = builder => builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace),
            }
        );
        await AnswersAsync(host, HttpStatusCode.OK);
        var file = FileOf(host);
        var before = log.Thrown;
        File.Move(file, $"{file}.away"); // the writer, the worker and the sender all have something to say now
        await AnswersAsync(host, HttpStatusCode.ServiceUnavailable);
        await Eventually.GetAsync(
            "background work has complained",
            () => Task.FromResult(log.Thrown),
            now => now > before + 5
        );
        File.Move($"{file}.away", file);

        await AnswersAsync(host, HttpStatusCode.OK);
        using var municipal = host.Municipal();
        var receipt = await municipal.AcceptedAsync(MunicipalEvents.Opened());
        await Eventually.GetAsync(
            "the worker goes on",
            () => municipal.ReadAsync(receipt.ReceiptId),
            answer => answer.State == EventState.Processed
        );
    }

    [Fact]
    public async Task A_gateway_whose_log_has_no_room_left_on_its_disk_works()
    {
        await using var stage = await SeveralNodes.StartAsync(
            Engine.Sqlite,
            nodes: 1,
            enterprises: 2,
            output: "/dev/full"
        );
        var token = await stage.TokenAsync("hall", stage.Nodes[0]);
        using var hall = SeveralNodes.ClientOf(stage.Nodes[0], token);
        for (var i = 0; i < 20; i++)
        {
            using var ready = await hall.GetAsync("health/ready");
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
            using var absent = await hall.GetAsync("v1/verifications/ver_unknown");
            Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
        }
    }

    private static async Task AnswersAsync(IntegrationHost host, HttpStatusCode status)
    {
        using var answer = await host.Hall.PostAsync("/v1/verifications", HallRequests.Verification());
        Assert.Equal(status, answer.StatusCode);
    }

    private static string FileOf(IntegrationHost host)
    {
        using var db = host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContext();
        return db.Database.GetDbConnection().DataSource;
    }
}
