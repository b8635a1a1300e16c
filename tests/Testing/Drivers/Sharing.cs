using System.Net.Http.Headers;
using System.Text;

namespace Integration.Testing.Drivers;

/// <summary>Requests of the sharing plane.</summary>
public static class Sharing
{
    public const string Purpose = "electricity.new-connection";

    public const string Basis = "consent; reference=\"CONSENT-1\"; grantedAt=\"2026-01-05T09:00:00+08:00\"";

    /// <summary>The headers that every forwarded request has.</summary>
    public static IReadOnlyList<(string Name, string Value)> Headers { get; } =
    [("X-Case-Id", "HALL-2026-000777"), ("X-Purpose", Purpose), ("X-Basis", Basis)];

    /// <summary>Posts to <c>/share/…</c>; further headers replace those of the same name, an empty value leaves one out.</summary>
    public static Task<HttpResponseMessage> ShareAsync(
        this HallDriver hall,
        string path,
        string? body,
        params (string Name, string Value)[] headers
    ) => hall.ShareAsync(path, body, CancellationToken.None, headers);

    /// <summary>The same by a caller who may go away, and who gets the answer as soon as its head is there.</summary>
    public static async Task<HttpResponseMessage> ShareAsync(
        this HallDriver hall,
        string path,
        string? body,
        CancellationToken leaving,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, $"/share/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await hall.TokenAsync());
        foreach (var (name, value) in Headers.Where(header => headers.All(other => other.Name != header.Name)))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        foreach (var (name, value) in headers.Where(header => header.Value.Length > 0))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (body is not null)
        {
            request.Content = new StringContent(
                body,
                Encoding.UTF8,
                body.StartsWith('<') ? "application/xml" : "application/json"
            );
        }

        return await hall.Http.SendAsync(
            request,
            leaving.CanBeCanceled ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead,
            leaving
        );
    }
}
