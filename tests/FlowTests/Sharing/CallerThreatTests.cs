using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Integration.FlowTests.Sharing;

/// <summary>
/// The known ways past a gateway's callers and grants, through the real listener, on a route that forwards: each is refused
/// and not one byte reaches the agency, while its honest twin gets its answer.
/// </summary>
public class CallerThreatTests
{
    private const string Path = "/share/grid-capacity/query";
    private const string Question = ShareDriver.Question;

    [Theory]
    [InlineData("none")]
    [InlineData("HS256 with the public key")]
    [InlineData("another key")]
    [InlineData("another audience")]
    [InlineData("another issuer")]
    [InlineData("expired")]
    [InlineData("not yet valid")]
    [InlineData("without expiry")]
    [InlineData("of nobody")]
    [InlineData("tampered")]
    public async Task A_forged_token_reaches_no_agency(string forgery)
    {
        await using var scene = await ShareDriver.StartAsync();
        using var tokens = new ForgedTokens(scene.Host, await scene.Host.Hall.TokenAsync());

        var refused = await scene.Host.RawAsync($"POST {Path}", Question, token: tokens.Make(forgery));
        AssertUntouched(scene);
        var accepted = await scene.Host.RawAsync($"POST {Path}", Question, token: tokens.Make("nothing"));

        Assert.Equal((401, 200), (RawShare.Status(refused), RawShare.Status(accepted)));
        Assert.Single(scene.Agency.Requests);
    }

    [Fact]
    public async Task Where_a_certificate_is_required_a_good_token_without_one_is_401_on_every_route()
    {
        await using var scene = await ShareDriver.StartAsync(
            settings: ShareDriver.With(("Gateway:Certificates:Required", "true"))
        );
        await using var open = await ShareDriver.StartAsync();
        using var tokens = new ForgedTokens(scene.Host, await open.Host.Hall.TokenAsync());
        using var twins = new ForgedTokens(open.Host, await open.Host.Hall.TokenAsync());

        foreach (var path in new[] { Path, "/share/grid-capacity/none", "/share/x/y", "/v1/verifications", "/none" })
        {
            var refused = await scene.Host.RawAsync($"POST {path}", Question, token: tokens.Make("nothing"));
            Assert.Equal(401, RawShare.Status(refused));
        }

        AssertUntouched(scene);
        Assert.Equal(
            200,
            RawShare.Status(await open.Host.RawAsync($"POST {Path}", Question, token: twins.Make("nothing")))
        );
    }

    [Fact]
    public async Task An_assertion_buys_one_token_and_its_replay_none()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var scene = await ShareDriver.StartAsync(change: options =>
            options with
            {
                Callers = callers =>
                {
                    options.Callers!(callers);
                    callers["clients"]![0]!["publicKeys"] = KeySet(key);
                },
            }
        );
        var assertion = ForgedTokens.Assertion(key, "http://127.0.0.1:0/", "a-1");

        using var first = await AskAsync(scene, assertion);
        using var replay = await AskAsync(scene, assertion);

        Assert.Equal((200, 401), ((int)first.StatusCode, (int)replay.StatusCode));
        AssertUntouched(scene);
        using var token = JsonDocument.Parse(await first.Content.ReadAsStringAsync());
        var accepted = await scene.Host.RawAsync(
            $"POST {Path}",
            Question,
            token: token.RootElement.GetProperty("access_token").GetString()
        );
        Assert.Equal(200, RawShare.Status(accepted));
    }

    [Fact]
    public async Task No_grants_at_all_allow_nothing()
    {
        await using var scene = await ShareDriver.StartAsync(change: options =>
            options with
            {
                Callers = callers => callers["grants"] = new JsonArray(),
            }
        );
        await using var twin = await ShareDriver.StartAsync();

        var refused = await scene.Host.RawAsync($"POST {Path}", Question);
        var accepted = await twin.Host.RawAsync($"POST {Path}", Question);

        Assert.Equal((403, 200), (RawShare.Status(refused), RawShare.Status(accepted)));
        AssertUntouched(scene);
    }

    [Theory]
    [InlineData("paths", "rows")]
    [InlineData("methods", "GET")]
    [InlineData("purposes", "electricity.capacity-increase")]
    [InlineData("fields", null)]
    [InlineData("methods", null)]
    public async Task A_grant_of_another_path_method_or_purpose_or_of_no_field_allows_nothing(string list, string? only)
    {
        await using var scene = await ShareDriver.StartAsync(change: options =>
            options with
            {
                Callers = callers =>
                {
                    options.Callers!(callers);
                    callers["grants"]!.AsArray().Single(grant => (string?)grant!["id"] == "hall-share-grid-capacity")![
                        list
                    ] = only is null ? new JsonArray() : new JsonArray(only);
                },
            }
        );

        var refused = await scene.Host.RawAsync($"POST {Path}", Question);

        Assert.Equal(403, RawShare.Status(refused));
        Assert.Contains($"Rule {list.TrimEnd('s')}", refused, StringComparison.Ordinal);
        AssertUntouched(scene);
    }

    [Theory]
    [InlineData("""{"unitNumber":"U-1","unitNumber":"U-2"}""")]
    [InlineData("""{"unitNumber":"U-1","unit\u004eumber":"U-2"}""")]
    [InlineData("""{"unitNumber":"U-1","secret":1,"secret":2}""")]
    public async Task A_name_twice_in_a_body_reaches_no_agency(string body)
    {
        await using var scene = await ShareDriver.StartAsync();

        var refused = await scene.Host.RawAsync($"POST {Path}", body);
        AssertUntouched(scene);
        var accepted = await scene.Host.RawAsync($"POST {Path}", """{"unitNumber":"U-1","note":"U-2"}""");

        Assert.Equal((400, 200), (RawShare.Status(refused), RawShare.Status(accepted)));
    }

    [Theory]
    [InlineData("\",\"secret\":\"1")]
    [InlineData("\\\",\\\"secret\\\":\\\"1")]
    [InlineData("}{]['\"\\\b\f\n\r\t\u2028\u0001")]
    [InlineData("公安县\"😀\"")]
    public async Task A_value_stays_the_value_it_was_and_breaks_out_of_nothing(string value)
    {
        await using var scene = await ShareDriver.StartAsync();

        var accepted = await scene.Host.RawAsync(
            $"POST {Path}",
            new JsonObject { ["unitNumber"] = "U-1", ["note"] = value }.ToJsonString()
        );

        Assert.Equal(200, RawShare.Status(accepted));
        using var arrived = JsonDocument.Parse(Assert.Single(scene.Agency.Requests).Body);
        Assert.Equal(
            [("unitNumber", "U-1"), ("note", value)],
            arrived.RootElement.EnumerateObject().Select(member => (member.Name, member.Value.GetString()!))
        );
    }

    [Theory]
    [InlineData("evil.test")]
    [InlineData("127.0.0.1.evil.test")]
    [InlineData("evil.test:80")]
    public async Task A_host_that_is_not_on_the_list_reaches_no_agency(string name)
    {
        await using var scene = await ShareDriver.StartAsync(
            settings: ShareDriver.With(("Gateway:Http:Hosts:0", "127.0.0.1"))
        );

        var refused = await scene.Host.RawAsync($"POST {Path}", Question, hostName: name);
        AssertUntouched(scene);
        var accepted = await scene.Host.RawAsync($"POST {Path}", Question);

        Assert.Equal((400, 200), (RawShare.Status(refused), RawShare.Status(accepted)));
    }

    [Theory]
    [InlineData("X-Case-Id: HALL-2026-000778")]
    [InlineData("X-Purpose: electricity.transfer")]
    [InlineData("X_Purpose: electricity.transfer")]
    [InlineData("X-Basis: consent")]
    [InlineData("Authorization: Bearer x")]
    public async Task A_header_that_says_who_or_what_for_cannot_be_sent_twice(string header)
    {
        await using var scene = await ShareDriver.StartAsync();

        var refused = await scene.Host.RawAsync($"POST {Path}", Question, headers: header);
        AssertUntouched(scene);
        var accepted = await scene.Host.RawAsync($"POST {Path}", Question);

        Assert.Contains(RawShare.Status(refused), new[] { 400, 401 });
        Assert.Equal(200, RawShare.Status(accepted));
    }

    private static void AssertUntouched(ShareDriver scene)
    {
        Assert.Empty(scene.Agency.Requests);
        Assert.Equal(0, scene.Agency.Bytes);
    }

    private static JsonObject KeySet(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject
        {
            ["keys"] = new JsonArray(
                new JsonObject
                {
                    ["kty"] = "EC",
                    ["crv"] = "P-256",
                    ["x"] = System.Buffers.Text.Base64Url.EncodeToString(point.X),
                    ["y"] = System.Buffers.Text.Base64Url.EncodeToString(point.Y),
                }
            ),
        };
    }

    private static async Task<HttpResponseMessage> AskAsync(ShareDriver scene, string assertion)
    {
        using var form = new FormUrlEncodedContent([
            new("grant_type", "client_credentials"),
            new("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            new("client_assertion", assertion),
        ]);
        return await scene.Host.Hall.Http.PostAsync("/oauth/token", form);
    }
}
