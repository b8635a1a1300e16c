using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Integration.Contracts;
using Integration.Contracts.Client;
using Integration.Contracts.Problems;
using Integration.Try.Scenario;
using Integration.Try.Setup;

namespace Integration.Testing.Drivers;

/// <summary>A client of the gateway: the typed API for what should work, raw requests for what should not.</summary>
public sealed class HallDriver : IAsyncDisposable
{
    private readonly HallClient _client;
    private readonly string _id;
    private readonly string _secret;
    private string? _token;

    internal HallDriver(Uri gateway, string id, string secret, TimeProvider time)
    {
        (_id, _secret) = (id, secret);
        Http = new HttpClient { BaseAddress = gateway };
        _client = new HallClient(gateway, new LocalClient(id, secret, Kind: string.Empty), time);
        Time = time;
    }

    /// <summary>The typed client, as the hall's own developers use it.</summary>
    public IIntegrationApi Api => _client.Api;

    /// <summary>The client's clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Plain HTTP without a token.</summary>
    public HttpClient Http { get; }

    /// <summary>What has to be posted for an access token, to any node.</summary>
    public FormUrlEncodedContent TokenForm() =>
        new([
            KeyValuePair.Create("grant_type", "client_credentials"),
            KeyValuePair.Create("client_id", _id),
            KeyValuePair.Create("client_secret", _secret),
        ]);

    /// <summary>A fresh access token.</summary>
    public async Task<string> TokenAsync()
    {
        using var form = TokenForm();
        using var answer = await Http.PostAsync("/oauth/token", form);
        answer.EnsureSuccessStatusCode();
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return body.GetProperty("access_token").GetString()!;
    }

    /// <summary>A request with a token. <paramref name="body"/> is sent as it is when it is text, otherwise as the API's JSON.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        object? body = null,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token ??= await TokenAsync());
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (body is not null)
        {
            var json = body as string ?? JsonSerializer.Serialize(body, body.GetType(), IntegrationJson.Options);
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        return await Http.SendAsync(request);
    }

    public Task<HttpResponseMessage> PostAsync(
        string path,
        object body,
        params (string Name, string Value)[] headers
    ) => SendAsync(HttpMethod.Post, path, body, headers);

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    /// <summary>The problem of a refused request; fails when the answer is none.</summary>
    public static async Task<Problem> ProblemOfAsync(HttpResponseMessage answer)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            throw new InvalidOperationException($"HTTP {(int)answer.StatusCode} without a problem.");
        }

        return await answer.Content.ReadFromJsonAsync<Problem>(IntegrationJson.AnswerOptions)
            ?? throw new InvalidOperationException("The problem is null.");
    }

    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        return _client.DisposeAsync();
    }
}
