using System.Net;

namespace Integration.Gateway.Tests.Callers;

public sealed class TokenEndpointTests
{
    [Fact]
    public async Task A_client_gets_a_token_for_its_secret_and_is_known_by_it()
    {
        await using var host = await CallersHost.StartAsync(new CallersSetup().Write(_ => { }));

        using var answer = await OAuth.AskAsync(host.Http, "hall", CallersSetup.Secret);
        var json = await OAuth.JsonAsync(answer);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("Bearer", json.GetProperty("token_type").GetString());
        Assert.InRange(json.GetProperty("expires_in").GetInt64(), 599, 600);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        using var who = await OAuth.GetAsync(
            host.Http,
            "/who",
            $"Bearer {json.GetProperty("access_token").GetString()}"
        );
        Assert.Equal("hall Hall", await who.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
