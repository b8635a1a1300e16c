using System.Net;
using Integration.Adapters.Http.Keys;

namespace Integration.Adapters.Http.Dialects;

/// <summary>
/// What the dialects with a rotating key have in common: each attempt is signed under the key in force, and HTTP 401
/// says that this key is no longer accepted.
/// </summary>
/// <param name="key">The key; fetched when needed.</param>
internal abstract class KeyedSigner(RotatingKey key) : IDialectSigner
{
    private static readonly HttpRequestOptionsKey<CallKey> s_used = new("integration.call-key");

    public async ValueTask SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var current = await key.GetAsync(cancellationToken);
        request.Options.Set(s_used, current);
        Sign(request, current.Value);
    }

    public bool RefusedKey(HttpRequestMessage request, HttpStatusCode status, ReadOnlyMemory<byte> answer)
    {
        if (status != HttpStatusCode.Unauthorized)
        {
            return false;
        }

        if (request.Options.TryGetValue(s_used, out var used))
        {
            key.Drop(used);
        }

        return true;
    }

    protected abstract void Sign(HttpRequestMessage request, string key);
}
