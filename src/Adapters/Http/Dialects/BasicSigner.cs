using System.Net.Http.Headers;
using System.Text;

namespace Integration.Adapters.Http.Dialects;

/// <summary>HTTP Basic (RFC 7617), UTF-8.</summary>
/// <param name="user">Who calls; without a colon.</param>
/// <param name="password">Its password.</param>
internal sealed class BasicSigner(string user, string password) : IDialectSigner
{
    private readonly AuthenticationHeaderValue _credentials = new(
        "Basic",
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))
    );

    public ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = _credentials;
        return ValueTask.CompletedTask;
    }
}
