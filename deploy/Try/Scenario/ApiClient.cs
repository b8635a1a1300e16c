using System.Net.Http.Headers;
using System.Text.Json;
using Integration.Contracts;
using Integration.Contracts.Problems;
using Integration.Try.Setup;

namespace Integration.Try.Scenario;

/// <summary>Plain HTTP with a client's token, for what is signed byte by byte.</summary>
internal sealed class ApiClient(Uri gateway, LocalClient client) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = gateway };
    private string? _token;

    public Task<T> GetAsync<T>(string path) => SendAsync<T>(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Sends a request with the token and reads the answer.</summary>
    /// <exception cref="RefusedException">The gateway answered with a problem.</exception>
    public async Task<T> SendAsync<T>(HttpRequestMessage request)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token ??= await TokenAsync());
        using var answer = await _http.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
        {
            var problem = await answer.Content.ReadFromJsonAsync<Problem>(IntegrationJson.AnswerOptions);
            throw new RefusedException($"HTTP {(int)answer.StatusCode} {problem?.Code}: {problem?.Detail}");
        }

        return (await answer.Content.ReadFromJsonAsync<T>(IntegrationJson.AnswerOptions))!;
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> TokenAsync()
    {
        using var form = new FormUrlEncodedContent([
            KeyValuePair.Create("grant_type", "client_credentials"),
            KeyValuePair.Create("client_id", client.Id),
            KeyValuePair.Create("client_secret", client.Secret),
        ]);
        using var answer = await _http.PostAsync("/oauth/token", form);
        answer.EnsureSuccessStatusCode();
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return body.GetProperty("access_token").GetString()!;
    }
}

/// <summary>The gateway refused a request of the scenario.</summary>
internal sealed class RefusedException(string message) : Exception(message);
