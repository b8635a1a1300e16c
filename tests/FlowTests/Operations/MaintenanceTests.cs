using System.Net;
using System.Net.Http.Json;
using Integration.Contracts;
using Integration.Contracts.V1.Operations;
using Integration.Contracts.V1.Verifications;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;

namespace Integration.FlowTests.Operations;

public sealed class SqliteMaintenanceTests() : MaintenanceTests(Engine.Sqlite);

public sealed class PostgresMaintenanceTests() : MaintenanceTests(Engine.PostgreSql);

public abstract class MaintenanceTests(Engine engine) : IAsyncLifetime
{
    private const string Registry = "/v1/ops/agencies/population-registry/maintenance";
    private static readonly MaintenanceRequest s_move = new() { Reason = "The registry moves." };
    private IntegrationHost _host = null!;

    public async ValueTask InitializeAsync() =>
        _host = await IntegrationHost.StartAsync(new IntegrationHostOptions { Engine = engine });

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_agency_in_maintenance_is_not_asked_and_callers_are_told_so_until_it_ends()
    {
        var ops = _host.As("ops");
        var begun = await ReadAsync<MaintenanceResponse>(await ops.SendAsync(HttpMethod.Put, Registry, s_move));

        var resting = await IdentityAsync();
        var others = await ReadAsync<VerificationResponse>(
            await _host.Hall.PostAsync("/v1/verifications", HallRequests.Verification())
        );
        var callsMeanwhile = await CallsOfAsync("population-registry");
        var ended = await ReadAsync<MaintenanceEnded>(await ops.SendAsync(HttpMethod.Delete, Registry));
        var back = await IdentityAsync();

        Assert.Equal(("population-registry", "The registry moves.", "ops"), (begun.Agency, begun.Reason, begun.By));
        Assert.Equal(CheckOutcome.SourceUnavailable, resting.Outcome);
        Assert.Contains("维护中", resting.Note, StringComparison.Ordinal);
        Assert.Contains(others.Checks, check => check.Outcome == CheckOutcome.Match);
        Assert.Equal(0, callsMeanwhile);
        Assert.StartsWith("aud_", ended.AuditId, StringComparison.Ordinal);
        Assert.Equal(CheckOutcome.Match, back.Outcome);
    }

    [Fact]
    public async Task It_survives_a_restart_and_is_seen_with_its_history_in_the_audit_trail()
    {
        (await _host.As("ops").SendAsync(HttpMethod.Put, Registry, s_move)).Dispose();

        await _host.RestartAsync();
        var ops = _host.As("ops");
        var agencies = await ReadAsync<AgenciesResponse>(await ops.GetAsync("/v1/ops/agencies"));
        var resting = await IdentityAsync();
        (await ops.SendAsync(HttpMethod.Delete, Registry)).Dispose();
        var audit = await ChangesAsync(ops);

        var registry = agencies.Agencies.Single(agency => agency.Agency == "population-registry");
        Assert.Equal("The registry moves.", registry.Maintenance?.Reason);
        Assert.Equal(CheckOutcome.SourceUnavailable, resting.Outcome);
        Assert.Equal(
            [("agency.maintenance.on", "ops"), ("agency.maintenance.off", "ops")],
            audit.Select(record => (record.Action, record.Actor))
        );
        Assert.Contains("The registry moves.", audit[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_operators_change_it_and_every_fault_of_the_order_is_listed()
    {
        var ops = _host.As("ops");
        var wrong = new MaintenanceRequest { Until = DateTimeOffset.UnixEpoch };

        using var hall = await _host.Hall.SendAsync(HttpMethod.Put, Registry, s_move);
        using var hallEnds = await _host.Hall.SendAsync(HttpMethod.Delete, Registry);
        using var unknown = await ops.SendAsync(HttpMethod.Put, "/v1/ops/agencies/nowhere/maintenance", s_move);
        using var faulty = await ops.SendAsync(HttpMethod.Put, Registry, wrong);
        using var none = await ops.SendAsync(HttpMethod.Delete, Registry);

        Assert.Equal(HttpStatusCode.Forbidden, hall.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, hallEnds.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(
            ["/reason", "/until"],
            (await HallDriver.ProblemOfAsync(faulty))
                .Errors!.Select(fault => fault.Pointer)
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Equal(CheckOutcome.Match, (await IdentityAsync()).Outcome);
        Assert.Empty(await ChangesAsync(ops));
    }

    private async Task<CheckResult> IdentityAsync() =>
        (
            await ReadAsync<VerificationResponse>(
                await _host.Hall.PostAsync("/v1/verifications", HallRequests.Identity())
            )
        ).Checks.Single();

    private static async Task<List<AuditRecord>> ChangesAsync(HallDriver ops) =>
        [
            .. (await ReadAsync<AuditResponse>(await ops.GetAsync("/v1/ops/audit"))).Records.Where(record =>
                record.Subject.StartsWith("agency:", StringComparison.Ordinal)
            ),
        ];

    private async Task<int> CallsOfAsync(string agency) => (await _host.Agencies.CallsOfAsync(agency)).Count;

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer)
    {
        using (answer)
        {
            answer.EnsureSuccessStatusCode();
            return (await answer.Content.ReadFromJsonAsync<T>(IntegrationJson.Options))!;
        }
    }
}
