using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Integration.Gateway.Platform.Database;
using Integration.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integration.FlowTests.PersonalData;

/// <summary>Everything is used with known names and numbers; none of them may be found where it does not belong.</summary>
public sealed partial class NothingPersonalIsSaidTests : IAsyncLifetime
{
    private IntegrationHost _host = null!;
    private OutgoingAddresses _addresses = null!;
    private Tour _tour = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await IntegrationHost.StartAsync();
        _addresses = new OutgoingAddresses(_host.Sandbox);
        _tour = new Tour(_host);
    }

    public ValueTask DisposeAsync()
    {
        _addresses.Dispose();
        return _host.DisposeAsync();
    }

    [Fact]
    public async Task Not_in_logs_spans_metrics_addresses_or_answers()
    {
        await _tour.TakeAsync();

        Assert.Empty(Traces.In(string.Join('\n', _host.Recorded.Logs), Tour.Secrets));
        Assert.Empty(Traces.In(await _host.Recorded.EverythingAsync(), Tour.Secrets));
        Assert.NotEmpty(_addresses.Seen);
        Assert.Empty(Traces.In(string.Join('\n', _addresses.Seen), Tour.Secrets));
        Assert.Empty(Traces.In(string.Join('\n', _tour.Answers), Tour.Secrets));
        Assert.Empty(UnusedEndpoints());
        var stored = await StoredBytesAsync(_host);
        Assert.Contains("HALL-", stored, StringComparison.Ordinal);
        Assert.Empty(Traces.In(stored, Tour.Secrets));
    }

    /// <summary>Which of the texts are found in the database files, logs, spans or metrics.</summary>
    internal static async Task<IReadOnlyList<string>> TracesInAsync(
        IntegrationHost host,
        IReadOnlyList<string> texts
    ) =>
        Traces.In(
            string.Join(
                '\n',
                [await StoredBytesAsync(host), await host.Recorded.EverythingAsync(), .. host.Recorded.Logs]
            ),
            texts
        );

    [Fact]
    public async Task A_planted_leak_would_be_found()
    {
        var secret = Tour.Secrets.First();

        Log.Planted(_host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Planted"), secret);
        Assert.Equal([secret], Traces.In(string.Join('\n', _host.Recorded.Logs), Tour.Secrets));

        using (var source = new ActivitySource("Integration.Planted"))
        using (source.StartActivity("planted")!.SetTag("name", secret)) { }
        using var meter = new Meter("Integration.Planted");
        meter.CreateCounter<long>("planted").Add(1, new KeyValuePair<string, object?>("name", secret));
        Assert.Contains($"name={secret}", await _host.Recorded.EverythingAsync(), StringComparison.Ordinal);
        Assert.Equal([secret], Traces.In(await _host.Recorded.MetricsAsync(), Tour.Secrets));

        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(_host.Sandbox, $"/x?{Uri.EscapeDataString(secret)}"));
        Assert.Equal([secret], Traces.In(string.Join('\n', _addresses.Seen), Tour.Secrets));
        Assert.Equal([secret], Traces.In(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), Tour.Secrets));
    }

    /// <summary>Endpoints of the API that the tour has not used: add them to it.</summary>
    private IEnumerable<string> UnusedEndpoints()
    {
        var used = _host
            .Recorded.Spans.Where(span => span.Kind == ActivityKind.Server)
            .Select(span => span.DisplayName.Replace("HTTP: ", "", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
        return _host
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint =>
                endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("v1/", StringComparison.Ordinal)
            )
            .SelectMany(endpoint =>
                endpoint
                    .Metadata.GetMetadata<IHttpMethodMetadata>()!
                    .HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}")
            )
            .Where(name => !used.Contains(name));
    }

    /// <summary>Everything in the database file and its log, as text.</summary>
    private static async Task<string> StoredBytesAsync(IntegrationHost host)
    {
        var factory = host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>();
        await using var db = await factory.CreateDbContextAsync();
        var file = new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource;
        var text = new StringBuilder();
        foreach (var part in Directory.EnumerateFiles(Path.GetDirectoryName(file)!, $"{Path.GetFileName(file)}*"))
        {
            await using var stream = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            text.Append(await reader.ReadToEndAsync());
        }

        return text.ToString();
    }

    private static partial class Log
    {
        [LoggerMessage(9900, LogLevel.Information, "Planted {Name}")]
        public static partial void Planted(ILogger logger, string name);
    }
}
