using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Integration.Gateway.Tests.Callers;

/// <summary>What strangers can make the token endpoint do, and what a good client still gets meanwhile.</summary>
public sealed class TokenFloodTests
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    [Fact]
    public async Task While_secrets_are_tried_out_a_client_that_came_lately_gets_every_token_and_the_rest_is_told_to_wait()
    {
        var setup = HashedSecrets.Setup(perSecond: 10_000);
        setup.Extra["Gateway:Tokens:DerivationsAtOnce"] = "1";
        await using var host = await CallersDriver.StartAsync(setup);
        using var refused = new Refusals(host);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(host, "hall", CallersFileBuilder.Secret));

        using var stop = new CancellationTokenSource();
        var answers = new List<HttpStatusCode>[8];
        var flood = Enumerable
            .Range(0, answers.Length)
            .Select(i =>
                Task.Run(async () => answers[i] = await FloodAsync(host, i % 2 == 0 ? "hall" : "nobody", stop.Token))
            )
            .ToList();
        for (var i = 0; i < 40; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await AskAsync(host, "hall", CallersFileBuilder.Secret));
        }

        while (refused.Of("derivations") == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        await stop.CancelAsync();
        await Task.WhenAll(flood);
        Assert.All(
            answers.SelectMany(all => all),
            status => Assert.Contains(status, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests })
        );
        Assert.Contains(HttpStatusCode.Unauthorized, answers.SelectMany(all => all));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(host, "hall", "wrong"));
    }

    [Fact]
    public async Task A_secret_that_is_not_compared_is_told_when_to_come_back()
    {
        var setup = HashedSecrets.Setup(perSecond: 10_000);
        setup.Extra["Gateway:Tokens:DerivationsAtOnce"] = "1";
        await using var host = await CallersDriver.StartAsync(setup);

        HttpResponseMessage? busy = null;
        while (busy is null)
        {
            var answers = await Task.WhenAll(
                Enumerable.Range(0, 8).Select(_ => OAuth.AskAsync(host.Http, "hall", "wrong"))
            );
            busy = answers.FirstOrDefault(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        }

        var problem = await OAuth.JsonAsync(busy);
        Assert.Equal("too-many-requests", problem.GetProperty("code").GetString());
        Assert.Equal(TimeSpan.FromSeconds(1), busy.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task A_flood_from_the_address_of_a_client_that_came_lately_keeps_it_from_nothing()
    {
        await using var host = await CallersDriver.StartAsync(HashedSecrets.Setup(perSecond: 1, burst: 10));
        using var refused = new Refusals(host);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(host, "hall", CallersFileBuilder.Secret));
        while (await AskAsync(host, "hall", "wrong") != HttpStatusCode.TooManyRequests) { }

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await AskAsync(host, "hall", CallersFileBuilder.Secret));
            for (var wrong = 0; wrong < 5; wrong++)
            {
                await AskAsync(host, "hall", "wrong");
            }
        }

        Assert.True(refused.Of("address-rate") > 0);
        Assert.Equal(0, refused.Of("client-rate"));
    }

    [Fact]
    public async Task A_client_has_a_rate_too_whatever_it_has_proved()
    {
        await using var host = await CallersDriver.StartAsync(HashedSecrets.Setup(perSecond: 1, burst: 3));
        using var refused = new Refusals(host);

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 8; i++)
        {
            answers.Add(await AskAsync(host, "hall", CallersFileBuilder.Secret));
        }

        Assert.Equal(HttpStatusCode.OK, answers[0]);
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.True(refused.Of("client-rate") > 0);
    }

    [Fact]
    public async Task A_client_with_assertions_has_room_behind_the_rate_of_its_address()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var setup = HashedSecrets.Setup(perSecond: 1, burst: 10);
        setup.Write(file =>
        {
            var client = file["clients"]![0]!.AsObject();
            client.Remove("secret");
            client["publicKeys"] = new JsonObject { ["keys"] = new JsonArray(Jwt.PublicKey(key)) };
        });
        await using var host = await CallersDriver.StartAsync(setup);
        Assert.Equal(HttpStatusCode.OK, await AssertionAsync(host, key, "first"));
        while (await AskAsync(host, "nobody", "wrong") != HttpStatusCode.TooManyRequests) { }

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await AssertionAsync(host, key, $"a-{i}"));
            Assert.Equal(HttpStatusCode.TooManyRequests, await SpentAsync(host));
        }
    }

    [Fact]
    public async Task What_was_proved_is_forgotten_with_the_secret()
    {
        var setup = HashedSecrets.Setup(perSecond: 10_000);
        await using var host = await CallersDriver.StartAsync(setup);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(host, "hall", CallersFileBuilder.Secret));

        setup.Write(file =>
            file["clients"]![0]!["secret"] = HashedSecrets.Hash("another-secret-0123456789", HashedSecrets.Iterations)
        );
        Assert.Empty(await host.Directory.ReloadAsync(TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(host, "hall", CallersFileBuilder.Secret));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(host, "hall", "another-secret-0123456789"));
    }

    [Fact]
    public async Task A_flood_of_refusals_writes_a_bounded_number_of_lines()
    {
        await using var host = await CallersDriver.StartAsync(HashedSecrets.Setup(perSecond: 10_000));
        var since = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 1000; i++)
        {
            using var answer = await OAuth.GetAsync(host.Http, "/who", "Bearer x");
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        var allowed = 100 + (10 * (1 + (int)TimeProvider.System.GetElapsedTime(since).TotalSeconds));
        Assert.InRange(host.Setup.Logs.Entries.Count(entry => entry.Event == 1110), 50, allowed);
    }

    /// <summary>A rate of one a second may give one between two lines.</summary>
    private static async Task<HttpStatusCode> SpentAsync(CallersDriver host)
    {
        var status = HttpStatusCode.OK;
        for (var i = 0; i < 5 && status != HttpStatusCode.TooManyRequests; i++)
        {
            status = await AskAsync(host, "nobody", "wrong");
        }

        return status;
    }

    /// <summary>Names no client but in the assertion.</summary>
    private static async Task<HttpStatusCode> AssertionAsync(CallersDriver host, ECDsa key, string id)
    {
        var assertion = Jwt.Assertion("hall", CallersFileBuilder.Issuer, host.Setup.Time.GetUtcNow())
            .With("jti", id)
            .Sign(key);
        using var answer = await OAuth.PostAsync(
            host.Http,
            ("grant_type", "client_credentials"),
            ("client_assertion_type", AssertionType),
            ("client_assertion", assertion)
        );
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> AskAsync(CallersDriver host, string id, string secret)
    {
        using var answer = await OAuth.AskAsync(host.Http, id, secret);
        return answer.StatusCode;
    }

    private static async Task<List<HttpStatusCode>> FloodAsync(CallersDriver host, string id, CancellationToken stop)
    {
        var answers = new List<HttpStatusCode>();
        while (!stop.IsCancellationRequested)
        {
            answers.Add(await AskAsync(host, id, "a-wrong-secret-of-some-length"));
        }

        return answers;
    }

    /// <summary>Counts the refusals of one host by reason.</summary>
    private sealed class Refusals : IDisposable
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _reasons = [];
        private readonly MeterListener _listener = new();

        public Refusals(CallersDriver host)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (
                    instrument.Name == "gateway.callers.tokens_refused"
                    && ReferenceEquals(instrument.Meter.Scope, host.Meters)
                )
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>(
                (_, _, tags, _) => _reasons.Enqueue((string)tags.ToArray().Single().Value!)
            );
            _listener.Start();
        }

        public int Of(string reason) => _reasons.Count(one => one == reason);

        public void Dispose() => _listener.Dispose();
    }
}
