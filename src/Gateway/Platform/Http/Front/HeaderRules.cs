using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Integration.Gateway.Platform.Http.Front;

/// <summary>The rules of a request's headers that hold for HTTP/1 and HTTP/2 alike.</summary>
internal static class HeaderRules
{
    private static readonly SearchValues<char> s_inValues = SearchValues.Create(
        "\t" + string.Concat(Enumerable.Range(0x20, 0x7F - 0x20).Select(value => (char)value))
    );

    private static readonly SearchValues<char> s_inNames = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    /// <summary>Takes away every header that is the gateway's own, before the request is judged.</summary>
    public static void Strip(IHeaderDictionary headers)
    {
        List<string>? owned = null;
        foreach (var (name, _) in headers)
        {
            if (HeaderLists.IsOwned(name))
            {
                (owned ??= []).Add(name);
            }
        }

        foreach (var name in owned ?? [])
        {
            headers.Remove(name);
        }
    }

    /// <summary>The rule that the headers break, or null.</summary>
    public static FrontRule? Broken(HttpRequest request)
    {
        foreach (var (name, values) in request.Headers)
        {
            var broken = BrokenName(name, values) ?? BrokenValues(values);
            if (broken is not null)
            {
                return broken;
            }
        }

        return HasForbiddenBody(request) ? FrontRule.Body
            : HttpProtocol.IsHttp2(request.Protocol) && HasHeaderOfConnection(request.Headers)
                ? FrontRule.ConnectionHeader
            : null;
    }

    private static FrontRule? BrokenName(string name, StringValues values) =>
        HeaderLists.IsMisspelt(name) ? FrontRule.HeaderSpelling
        : values.Count > 1 && HeaderLists.ComesOnce(name) ? FrontRule.RepeatedHeader
        : name.AsSpan().ContainsAnyExcept(s_inNames) ? FrontRule.HeaderName
        : null;

    private static FrontRule? BrokenValues(StringValues values)
    {
        foreach (var value in values)
        {
            if (value.AsSpan().ContainsAnyExcept(s_inValues))
            {
                return FrontRule.HeaderValue;
            }
        }

        return null;
    }

    /// <summary>RFC 9113 section 8.2.2; Kestrel refuses <c>connection</c> only.</summary>
    private static bool HasHeaderOfConnection(IHeaderDictionary headers) =>
        headers.TransferEncoding.Count > 0
        || headers.KeepAlive.Count > 0
        || headers.Upgrade.Count > 0
        || headers.ContainsKey("Proxy-Connection")
        || headers.ContainsKey("HTTP2-Settings");

    /// <summary>A body that the method gives no meaning is a second request to a server that reads it that way.</summary>
    private static bool HasForbiddenBody(HttpRequest request)
    {
        if (
            HttpMethods.IsPost(request.Method)
            || HttpMethods.IsPut(request.Method)
            || HttpMethods.IsPatch(request.Method)
        )
        {
            return false;
        }

        return request.ContentLength > 0
            || request.Headers.TransferEncoding.Count > 0
            || (
                HttpProtocol.IsHttp2(request.Protocol)
                && request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true }
            );
    }
}
