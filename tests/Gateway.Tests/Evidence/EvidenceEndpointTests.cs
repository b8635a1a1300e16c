using System.Net;
using System.Net.Http.Json;
using System.Text;
using Integration.Contracts;
using Integration.Contracts.V1.Evidence;
using Integration.Gateway.Callers;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Database;
using Integration.Testing;
using Integration.Testing.Databases;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integration.Gateway.Tests.Evidence;

/// <summary>Who may read which record. Authentication itself is tested with the callers.</summary>
public sealed class EvidenceEndpointTests : IAsyncLifetime
{
    private readonly SqliteTestDatabase _database = new();
    private ServiceHost _host = null!;
    private WebApplication _app = null!;
    private HttpClient _client = null!;
    private Caller _caller = new("hall", CallerKind.Hall);
    private string _evidenceId = string.Empty;

    public async ValueTask InitializeAsync()
    {
        await _database.CreateAsync();
        _host = await ServiceHost.StartAsync(_database);
        var drafts = EvidenceLogTests<SqliteTestDatabase>.Drafts(1);
        _evidenceId = drafts[0].EvidenceId;
        await _host.Evidence.SealAsync(drafts, _ => { }, TestContext.Current.CancellationToken);

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(_host.Get<IDbContextFactory<GatewayDb>>());
        builder.Services.AddSingleton(_host.Get<ReceiptKeys>());
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Use(
            (context, next) =>
            {
                context.Features.Set(new CallerContext(_caller, null!));
                return next(context);
            }
        );
        _app.MapEvidence();
        await _app.StartAsync();
        _client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task The_caller_reads_its_record_and_can_check_its_hash()
    {
        var answer = await _client.GetFromJsonAsync<EvidenceResponse>(
            $"/v1/evidence/{_evidenceId}",
            IntegrationJson.Options
        );

        Assert.NotNull(answer);
        Assert.Equal(("check", "match", "HALL-1"), (answer.Record.Kind, answer.Record.Outcome, answer.Record.CaseId));
        var position = answer.Position;
        Assert.Equal(("test", 1L, new string('0', 64)), (position.Chain, position.Sequence, position.PreviousHash));
        var hash = EvidenceChain.HashOf(
            position.Chain,
            position.Sequence,
            Convert.FromHexString(position.PreviousHash),
            Encoding.UTF8.GetBytes(answer.Canonical)
        );
        Assert.Equal(position.Hash, Convert.ToHexStringLower(hash));
    }

    [Fact]
    public async Task Operations_read_every_record()
    {
        _caller = new Caller("ops", CallerKind.Ops);

        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync($"/v1/evidence/{_evidenceId}")).StatusCode);
    }

    [Fact]
    public async Task For_another_caller_the_record_does_not_exist()
    {
        _caller = new Caller("other-hall", CallerKind.Hall);

        using var foreign = await _client.GetAsync($"/v1/evidence/{_evidenceId}");
        using var absent = await _client.GetAsync("/v1/evidence/evd_absent");

        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
    }

    [Fact]
    public async Task The_keys_of_receipts_are_public()
    {
        using var answer = await _client.GetAsync("/v1/receipts/keys");

        Assert.Equal("application/jwk-set+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("\"kty\":\"EC\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
