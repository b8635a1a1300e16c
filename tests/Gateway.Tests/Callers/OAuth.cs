using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Integration.Gateway.Tests.Callers;

/// <summary>Drives <c>/oauth/token</c> and the endpoints behind it as a client would.</summary>
internal static class OAuth
{
    public static Task<HttpResponseMessage> PostAsync(HttpClient http, params (string Name, string Value)[] form) =>
        http.PostAsync(
            "/oauth/token",
            new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))),
            TestContext.Current.CancellationToken
        );

    public static Task<HttpResponseMessage> AskAsync(HttpClient http, string id, string secret) =>
        PostAsync(http, ("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret));

    public static async Task<HttpResponseMessage> AskBasicAsync(HttpClient http, string id, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token");
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        request.Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")]);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static async Task<string> TokenAsync(
        HttpClient http,
        string id = "hall",
        string secret = CallersFileBuilder.Secret
    )
    {
        using var answer = await AskAsync(http, id, secret);
        var json = await JsonAsync(answer);
        return json.GetProperty("access_token").GetString()!;
    }

    public static async Task<HttpResponseMessage> GetAsync(HttpClient http, string path, params string[] authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var value in authorization)
        {
            request.Headers.TryAddWithoutValidation("Authorization", value);
        }

        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return JsonDocument.Parse(text).RootElement.Clone();
    }
}
