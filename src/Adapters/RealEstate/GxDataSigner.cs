using System.Net;
using System.Text.Json;
using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Http.Keys;
using Integration.Adapters.Http.Wire;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.RealEstate;

/// <summary>
/// The dialect <c>gxData</c> proves who asks by a token inside the form field, so that each attempt gets its body here.
/// </summary>
internal sealed class GxDataSigner(RealEstateToken token, IOptions<RealEstateOptions> options) : IDialectSigner
{
    /// <summary>The registry does not accept the token.</summary>
    public const string TokenRefused = "4001";

    private static readonly HttpRequestOptionsKey<CallKey> s_token = new("integration.real-estate.token");

    public async ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var key = await token.Current.GetAsync(cancellationToken);
        request.Options.Set(s_token, key);
        request.Content = Form(GxQuestion.Get(request).WithToken(key.Value, options.Value));
    }

    public bool RefusedKey(HttpRequestMessage request, HttpStatusCode status, ReadOnlyMemory<byte> answer)
    {
        // Almost no answer holds these bytes: it is read twice only when it does.
        if (answer.Span.IndexOf("4001"u8) < 0 || CodeOf(answer) != TokenRefused)
        {
            return false;
        }

        if (request.Options.TryGetValue(s_token, out var used))
        {
            token.Current.Drop(used);
        }

        return true;
    }

    private static string? CodeOf(ReadOnlyMemory<byte> body) =>
        WireJson.Read(body, charset: null, RealEstateJson.Default.TitleAnswer).Succeeded(out var answer, out _)
            ? answer.Head?.Code
            : null;

    private static FormUrlEncodedContent Form(GxData data) =>
        new([new("gxData", JsonSerializer.Serialize(data, RealEstateJson.Default.GxData))]);
}
