using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Platform.OpenApi;

/// <summary>
/// The answer of one endpoint, made once for each of its few addresses, with and without compression, and then only written.
/// It is made from a request of our own: neither query nor host nor any header of a caller changes it, and none can cause it
/// to be made again. What fails to be made is tried again by the next caller.
/// </summary>
internal sealed class CachedResponse(RequestDelegate make, string document)
{
    private const string DocumentName = "documentName";
    private const string Compressed = "gzip";

    private readonly ConcurrentDictionary<(string Path, bool Compressed), Lazy<Task<Kept>>> _kept = new();

    public async Task AnswerAsync(HttpContext context)
    {
        if (context.GetRouteValue(DocumentName) is string name && name != document)
        {
            await Refusal.NotFound("This document").ToProblem().ExecuteAsync(context);
            return;
        }

        // Two spellings of an address are one; those that an endpoint has are few, because its one parameter is fixed above.
        var path = context.Request.Path.Value?.ToLowerInvariant() ?? "/";
        var key = (path, AcceptsCompressed(context.Request));
        var made = false;
        var kept = _kept.GetOrAdd(
            key,
            fresh => new Lazy<Task<Kept>>(() =>
            {
                made = true;
                return MakeAsync(context, fresh);
            })
        );
        await (await KeptOrForgottenAsync(key, kept)).WriteAsync(context, isNew: made);
    }

    private async Task<Kept> KeptOrForgottenAsync((string, bool) key, Lazy<Task<Kept>> kept)
    {
        try
        {
            return await kept.Value;
        }
        catch (Exception)
        {
            _kept.TryRemove(KeyValuePair.Create(key, kept));
            throw;
        }
    }

    private async Task<Kept> MakeAsync(HttpContext asked, (string Path, bool Compressed) key)
    {
        await using var scope = asked.RequestServices.CreateAsyncScope();
        using var body = new MemoryStream();
        var own = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        own.SetEndpoint(asked.GetEndpoint());
        own.Request.Method = HttpMethods.Get;
        own.Request.Scheme = Uri.UriSchemeHttp;
        own.Request.Host = new HostString("localhost");
        own.Request.Path = key.Path;
        own.Request.RouteValues = new RouteValueDictionary(asked.Request.RouteValues);
        if (key.Compressed)
        {
            own.Request.Headers.AcceptEncoding = Compressed;
        }

        own.Response.Body = body;
        await make(own);
        await own.Response.CompleteAsync();
        return new Kept(own.Response, body.ToArray(), asked.RequestServices.GetRequiredService<TimeProvider>());
    }

    private static bool AcceptsCompressed(HttpRequest request) =>
        request
            .GetTypedHeaders()
            .AcceptEncoding.Any(coding =>
                coding.Value.Equals(Compressed, StringComparison.OrdinalIgnoreCase) && coding.Quality is null or > 0
            );

    private sealed class Kept(HttpResponse response, byte[] body, TimeProvider time)
    {
        private readonly int _status = response.StatusCode;
        private readonly string? _type = response.ContentType;
        private readonly string? _encoding = response.Headers.ContentEncoding;
        private readonly string? _location = response.Headers.Location;
        private readonly string _tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\"";
        private readonly long _madeAt = time.GetTimestamp();

        public Task WriteAsync(HttpContext context, bool isNew)
        {
            var headers = context.Response.Headers;
            headers.ETag = _tag;
            // Kept by the client that asked, and asked for again with its tag.
            headers.CacheControl = "no-cache";
            headers.Vary = "Accept-Encoding";
            if (!isNew)
            {
                var age = (long)time.GetElapsedTime(_madeAt).TotalSeconds;
                headers.Age = age.ToString(CultureInfo.InvariantCulture);
            }

            if (context.Request.Headers.IfNoneMatch.Contains(_tag, StringComparer.Ordinal))
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }

            context.Response.StatusCode = _status;
            context.Response.ContentType = _type;
            headers.ContentEncoding = _encoding;
            headers.Location = _location;
            context.Response.ContentLength = body.Length;
            return HttpMethods.IsHead(context.Request.Method)
                ? Task.CompletedTask
                : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
        }
    }
}
