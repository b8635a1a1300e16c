using System.Net;
using System.Net.Sockets;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Diagnosis;
using Integration.Adapters.Http.Keys;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Tests.Http.Diagnosis;

/// <summary>Each step of a diagnosis against a side that is as it should be, and one that is not.</summary>
public sealed class DiagnosisTests
{
    private static readonly DiagnosedSecret s_static = new("The token", Key: null);

    [Fact]
    public async Task A_sound_address_passes_every_step()
    {
        await using var side = await OtherSide.StartAsync();

        var steps = await RunAsync(side.Address);

        Assert.Equal(["dns", "tcp", "tls", "clock", "secret"], steps.Select(step => step.Step));
        Assert.Equal("Found 127.0.0.1.", Step(steps, "dns").Detail);
        Assert.Contains("127.0.0.1 connected in", Step(steps, "tcp").Detail, StringComparison.Ordinal);
        Assert.Equal(DiagnosisState.Skipped, Step(steps, "tls").State);
        Assert.Equal(DiagnosisState.Passed, Step(steps, "clock").State);
        Assert.Equal(DiagnosisState.Passed, Step(steps, "secret").State);
        Assert.All(steps, step => Assert.Equal($"127.0.0.1:{side.Address.Port}", step.Address));
    }

    [Fact]
    public async Task A_name_that_is_not_resolved_is_our_side_and_nothing_after_it_is_tried()
    {
        var steps = await RunAsync(new Uri("http://nowhere.invalid:81/"));

        Assert.Equal(DiagnosisState.Failed, Step(steps, "dns").State);
        Assert.Contains("Our side", Step(steps, "dns").Detail, StringComparison.Ordinal);
        Assert.Equal(DiagnosisState.Skipped, Step(steps, "tcp").State);
        Assert.Equal(DiagnosisState.Skipped, Step(steps, "clock").State);
        Assert.Equal(DiagnosisState.Passed, Step(steps, "secret").State);
    }

    [Fact]
    public async Task A_port_where_nothing_listens_fails_tcp_and_another_address_is_not_affected()
    {
        await using var side = await OtherSide.StartAsync();
        var closed = new Uri($"http://127.0.0.1:{ClosedPort()}/");

        var steps = await RunAsync(closed, side.Address);

        var tcp = steps.Where(step => step.Step == "tcp").ToList();
        Assert.Equal([DiagnosisState.Failed, DiagnosisState.Passed], tcp.Select(step => step.State));
        Assert.Contains("ConnectionRefused", tcp[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_and_for_another_name_is_named_with_the_days_it_has_left()
    {
        await using var side = await OtherSide.StartAsync(TimeSpan.FromDays(10));

        var steps = await RunAsync(side.Address);

        var tls = Step(steps, "tls");
        Assert.Equal(DiagnosisState.Failed, tls.State);
        Assert.Contains("not for 127.0.0.1", tls.Detail, StringComparison.Ordinal);
        Assert.Contains("chain is not trusted", tls.Detail, StringComparison.Ordinal);
        Assert.Contains("9 days left", tls.Detail, StringComparison.Ordinal);
        Assert.Equal(DiagnosisState.Skipped, Step(steps, "clock").State);
    }

    [Fact]
    public async Task A_side_that_speaks_no_tls_fails_the_handshake()
    {
        await using var side = await OtherSide.StartAsync();

        var steps = await RunAsync(new UriBuilder(side.Address) { Scheme = "https" }.Uri);

        Assert.Equal(DiagnosisState.Failed, Step(steps, "tls").State);
        Assert.Contains("no handshake", Step(steps, "tls").Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-30, DiagnosisState.Passed, "30 s apart")]
    [InlineData(59, DiagnosisState.Passed, "59 s apart")]
    [InlineData(75, DiagnosisState.Failed, "75 s ahead of ours")]
    [InlineData(-600, DiagnosisState.Failed, "600 s behind ours")]
    public async Task A_clock_more_than_a_minute_off_fails_and_says_whose_is_where(
        int seconds,
        DiagnosisState state,
        string detail
    )
    {
        await using var side = await OtherSide.StartAsync();
        side.Answer = http =>
            http.Response.Headers.Date = (side.Clock.GetUtcNow() + TimeSpan.FromSeconds(seconds)).ToString("R");

        var clock = Step(await RunAsync(side.Clock, s_static, side.Address), "clock");

        Assert.Equal(state, clock.State);
        Assert.Contains(detail, clock.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_date_the_clock_cannot_be_seen()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0); // Kestrel always sends a date
        listener.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        var running = RunAsync(address);
        using var probe = await listener.AcceptTcpClientAsync(Cancelled);
        using var head = await listener.AcceptTcpClientAsync(Cancelled);
        await head.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), Cancelled);

        var clock = Step(await running, "clock");

        Assert.Equal(DiagnosisState.Skipped, clock.State);
        Assert.Contains("no Date header", clock.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_the_request_carries_nothing_but_a_head()
    {
        await using var side = await OtherSide.StartAsync();
        var seen = new List<string>();
        side.Answer = http =>
        {
            seen.Add($"{http.Request.Method} {http.Request.Path} {string.Join(',', http.Request.Headers.Keys)}");
            http.Response.Redirect("/elsewhere");
        };

        await RunAsync(side.Address);

        Assert.Equal(["HEAD / Host"], seen);
    }

    [Fact]
    public async Task A_side_that_never_answers_ends_after_fifteen_seconds()
    {
        await using var side = await OtherSide.StartAsync();
        using var arrived = new SemaphoreSlim(0);
        side.Hangs = arrived;
        var running = new AgencyDiagnosis([Target(s_static, side.Address)], side.Clock).RunAsync("a", Cancelled);
        await arrived.WaitAsync(TimeSpan.FromSeconds(20), Cancelled);

        side.Clock.Advance(TimeSpan.FromSeconds(15));
        var steps = (await running.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Cancelled))!;

        Assert.Equal(DiagnosisState.Failed, Step(steps, "clock").State);
        Assert.Equal(TimeSpan.FromSeconds(15), Step(steps, "clock").Elapsed);
    }

    [Fact]
    public async Task A_key_is_fetched_and_said_until_when_it_may_be_used_but_never_the_key()
    {
        await using var side = await OtherSide.StartAsync();
        var until = new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);
        var key = new RotatingKey(() => Task.FromResult(new CallKey("hush", until)), side.Clock);

        var secret = Step(await RunAsync(side.Clock, new DiagnosedSecret("The call key", key), side.Address), "secret");

        Assert.Equal(DiagnosisState.Passed, secret.State);
        Assert.Contains("2026-11-23 03:00", secret.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", secret.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FailureStage.Secret, FailureSide.Gateway, "E-103", DiagnosisState.Failed, "Our side")]
    [InlineData(FailureStage.Authorisation, FailureSide.Gateway, "E-106", DiagnosisState.Failed, "not authorised")]
    [InlineData(FailureStage.Secret, FailureSide.Agency, "http-500", DiagnosisState.Failed, "tell the agency")]
    [InlineData(FailureStage.Secret, FailureSide.Gateway, "maintenance", DiagnosisState.Skipped, "maintenance")]
    public async Task A_key_that_is_not_handed_out_says_whose_side_it_is(
        FailureStage stage,
        FailureSide side,
        string code,
        DiagnosisState state,
        string detail
    )
    {
        await using var other = await OtherSide.StartAsync();
        var failure = new AgencyFaultException(new AgencyFailure(stage, side, code));
        var key = new RotatingKey(() => Task.FromException<CallKey>(failure), other.Clock);

        var secret = Step(
            await RunAsync(other.Clock, new DiagnosedSecret("The call key", key), other.Address),
            "secret"
        );

        Assert.Equal(state, secret.State);
        Assert.Contains(detail, secret.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agency_nobody_knows_has_no_diagnosis() =>
        Assert.Null(await new AgencyDiagnosis([], TimeProvider.System).RunAsync("a", Cancelled));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static DiagnosisTarget Target(DiagnosedSecret secret, params Uri[] addresses) =>
        new("a", addresses, TimeSpan.FromSeconds(2), secret);

    private static Task<IReadOnlyList<DiagnosisStep>> RunAsync(params Uri[] addresses) =>
        RunAsync(TimeProvider.System, s_static, addresses);

    private static async Task<IReadOnlyList<DiagnosisStep>> RunAsync(
        TimeProvider time,
        DiagnosedSecret secret,
        params Uri[] addresses
    ) => (await new AgencyDiagnosis([Target(secret, addresses)], time).RunAsync("a", Cancelled))!;

    private static DiagnosisStep Step(IReadOnlyList<DiagnosisStep> steps, string name) =>
        steps.Single(step => step.Step == name);

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
