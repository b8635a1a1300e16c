using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json.Nodes;
using Integration.Gateway.Callers;

namespace Integration.Gateway.Tests.Callers;

public sealed class ReloadTests
{
    [Fact]
    public async Task A_new_file_is_in_force_without_a_restart()
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));
        using var before = await OAuth.AskAsync(host.Http, "second", CallersFileBuilder.Secret);

        host.Setup.Write(file => file["clients"]!.AsArray().Add(host.Setup.Client("second")));
        await UntilAsync(host, () => host.Directory.Current.Find("second") is not null);
        using var after = await OAuth.AskAsync(host.Http, "second", CallersFileBuilder.Secret);

        Assert.Equal(HttpStatusCode.Unauthorized, before.StatusCode);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task A_wrong_new_file_changes_nothing_and_is_reported_once_with_all_faults()
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));
        var running = host.Directory.Current;
        using var reloads = new Reloads(host);

        // The first client would be good, the grant is not: nothing of the file may count.
        host.Setup.Write(file =>
        {
            file["clients"]!.AsArray().Add(host.Setup.Client("second"));
            file["grants"]![0]!["validUntil"] = "2026-13-01";
            file["grants"]![0]!["service"] = "tax";
        });
        var faults = await host.Directory.ReloadAsync(TestContext.Current.CancellationToken);
        _ = await host.Directory.ReloadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["/grants/0/service", "/grants/0/validUntil"], faults.Select(fault => fault.Pointer).Order());
        Assert.Same(running, host.Directory.Current);
        var report = Assert.Single(host.Setup.Logs.Entries, entry => entry.Event == 1102);
        Assert.Contains("/grants/0/service", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("/grants/0/validUntil", report.ToString(), StringComparison.Ordinal);
        Assert.Equal(["refused"], reloads.Outcomes);
    }

    [Fact]
    public async Task A_file_that_vanishes_or_is_half_written_changes_nothing()
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));
        var running = host.Directory.Current;
        var text = await File.ReadAllTextAsync(host.Setup.CallersPath, TestContext.Current.CancellationToken);

        File.Delete(host.Setup.CallersPath);
        Assert.NotEmpty(await host.Directory.ReloadAsync(TestContext.Current.CancellationToken));
        await File.WriteAllTextAsync(
            host.Setup.CallersPath,
            text[..(text.Length / 2)],
            TestContext.Current.CancellationToken
        );
        Assert.NotEmpty(await host.Directory.ReloadAsync(TestContext.Current.CancellationToken));

        Assert.Same(running, host.Directory.Current);
    }

    [Fact]
    public async Task A_change_leaves_an_entry_that_names_what_was_added_removed_and_changed()
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));
        using var reloads = new Reloads(host);

        host.Setup.Write(file =>
        {
            file["clients"]!.AsArray().Add(host.Setup.Client("second"));
            file["clients"]![0]!["enabled"] = false;
            file["grants"] = new JsonArray(CallersFileBuilder.Grant("g-2", "hall"));
        });
        Assert.Empty(await host.Directory.ReloadAsync(TestContext.Current.CancellationToken));

        var entry = Assert.Single(host.Setup.Logs.Entries, entry => entry.Event == 1101);
        Assert.Contains("clients +second ~hall; grants +g-2 -g-1", entry.ToString(), StringComparison.Ordinal);
        Assert.Equal(["applied"], reloads.Outcomes);
    }

    [Fact]
    public async Task The_same_file_is_not_applied_again()
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));
        var running = host.Directory.Current;

        Assert.Empty(await host.Directory.ReloadAsync(TestContext.Current.CancellationToken));

        Assert.Same(running, host.Directory.Current);
    }

    [Fact]
    public async Task A_file_that_is_put_back_as_it_was_is_in_force_and_its_faults_are_reported_anew()
    {
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));
        var running = host.Directory.Current;
        var good = await File.ReadAllTextAsync(host.Setup.CallersPath, TestContext.Current.CancellationToken);

        for (var i = 0; i < 2; i++)
        {
            await File.WriteAllTextAsync(host.Setup.CallersPath, "{", TestContext.Current.CancellationToken);
            Assert.NotEmpty(await host.Directory.ReloadAsync(TestContext.Current.CancellationToken));
            Assert.True(host.Directory.IsBehind);

            await File.WriteAllTextAsync(host.Setup.CallersPath, good, TestContext.Current.CancellationToken);
            Assert.Empty(await host.Directory.ReloadAsync(TestContext.Current.CancellationToken));
            Assert.False(host.Directory.IsBehind);
        }

        Assert.Same(running, host.Directory.Current);
        Assert.Equal(2, host.Setup.Logs.Entries.Count(entry => entry.Event == 1102));
    }

    [Fact]
    public async Task A_rotated_secret_counts_although_the_callers_file_is_the_same()
    {
        const string rotated = "hall-secret-of-next-year-0123456789";
        await using var host = await CallersDriver.StartAsync(new CallersFileBuilder().Write(_ => { }));

        await File.WriteAllTextAsync(host.Setup.PathOf("hall.secret"), rotated, TestContext.Current.CancellationToken);
        Assert.Empty(await host.Directory.ReloadAsync(TestContext.Current.CancellationToken));
        using var old = await OAuth.AskAsync(host.Http, "hall", CallersFileBuilder.Secret);
        using var current = await OAuth.AskAsync(host.Http, "hall", rotated);

        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
        Assert.Equal(HttpStatusCode.OK, current.StatusCode);
    }

    /// <summary>Moves the clock until the watch has seen the file; gives up after 10 s of real time.</summary>
    private static async Task UntilAsync(CallersDriver host, Func<bool> done)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        while (!done())
        {
            limit.Token.ThrowIfCancellationRequested();
            host.Setup.Time.Advance(CallerDirectory.Interval);
            await Task.Yield();
        }
    }

    /// <summary>The outcomes counted by this host's meter.</summary>
    private sealed class Reloads : IDisposable
    {
        private readonly MeterListener _listener = new();

        public Reloads(CallersDriver host)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (
                    instrument.Name == "gateway.callers.reloads"
                    && ReferenceEquals(instrument.Meter.Scope, host.Meters)
                )
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Outcomes.Add((string)tags[0].Value!));
            _listener.Start();
        }

        public List<string> Outcomes { get; } = [];

        public void Dispose() => _listener.Dispose();
    }
}
