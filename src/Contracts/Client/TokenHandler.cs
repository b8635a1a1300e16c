using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Integration.Contracts.Problems;
using Microsoft.Extensions.Options;

namespace Integration.Contracts.Client;

/// <summary>
/// Puts an access token on each request. A token that is refused with 401 (revoked, signing key changed) is replaced and
/// the request sent once more: a request refused with 401 had no effect.
/// </summary>
internal sealed class TokenHandler(TokenCache cache, IOptions<IntegrationApiOptions> options, TimeProvider time)
    : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (request.Content is { } content)
        {
            await content.LoadIntoBufferAsync(cancellationToken);
        }

        var token = await AuthoriseAsync(request, cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return response;
        }

        response.Dispose();
        cache.Forget(token);
        await AuthoriseAsync(request, cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }

    private async Task<AccessToken> AuthoriseAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await cache.GetAsync(FetchAsync, cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        return token;
    }

    private async Task<AccessToken> FetchAsync()
    {
        using var patience = new CancellationTokenSource(options.Value.Timeout, time);
        try
        {
            using var request = TokenRequest();
            using var response = await base.SendAsync(request, patience.Token);
            return await ReadAsync(response, patience.Token);
        }
        catch (Exception exception)
            when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            throw new IntegrationTokenException("no-response", RetryAdvice.Safe, exception);
        }
        catch (JsonException exception)
        {
            throw new IntegrationTokenException("bad-response", RetryAdvice.Safe, exception);
        }
    }

    private HttpRequestMessage TokenRequest()
    {
        var settings = options.Value;
        // RFC 6749 section 2.3.1: both parts are form-encoded before they are joined.
        var credentials = $"{Uri.EscapeDataString(settings.ClientId)}:{Uri.EscapeDataString(settings.ClientSecret)}";
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.BaseAddress!, "/oauth/token"))
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))
        );
        return request;
    }

    private async Task<AccessToken> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        var answer = await response.Content.ReadFromJsonAsync(TokenJsonContext.Default.TokenAnswer, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            var retry = (int)response.StatusCode >= 500 ? RetryAdvice.Safe : RetryAdvice.Never;
            throw new IntegrationTokenException(answer?.Error ?? $"http-{(int)response.StatusCode}", retry);
        }

        if (answer is not { AccessToken.Length: > 0, ExpiresIn: > 0 })
        {
            throw new IntegrationTokenException("bad-response", RetryAdvice.Safe);
        }

        var life = TimeSpan.FromSeconds(answer.ExpiresIn);
        var early = options.Value.RefreshTokenBefore < life / 2 ? options.Value.RefreshTokenBefore : life / 2;
        return new AccessToken(answer.AccessToken, asked + life - early);
    }
}
