using System.Security.Cryptography;
using Integration.Adapters.Ports;
using Yarp.ReverseProxy.Forwarder;

namespace Integration.Gateway.Sharing.Forwarding;

/// <summary>
/// The last step before the wire: sends the content that was signed, notes its digest, and waits for the head of the answer
/// no longer than the agency and the caller's time allow.
/// </summary>
internal sealed class SignedContent(HttpMessageHandler inner, TimeProvider time) : DelegatingHandler(inner)
{
    private static readonly HttpRequestOptionsKey<(ShareCall Call, HttpContent? Content)> s_signed = new(
        "integration.signed-content"
    );

    public static void Keep(HttpRequestMessage request, ShareCall call) =>
        request.Options.Set(s_signed, (call, request.Content));

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (!request.Options.TryGetValue(s_signed, out var signed))
        {
            return ShareProbes.IsOne(request)
                ? await base.SendAsync(request, cancellationToken)
                : throw new InvalidOperationException("A request leaves that was not signed.");
        }

        var (call, content) = signed;
        request.Content = content;
        call.RequestDigest = Digest(content is null ? [] : await content.ReadAsByteArrayAsync(cancellationToken));
        call.Attempts++;
        using var patience = new CancellationTokenSource(call.Patience(time.GetUtcNow()), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await base.SendAsync(request, either.Token);
        }
        catch (OperationCanceledException)
            when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            call.TimedOut = true;
            throw;
        }
    }

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

/// <summary>The connections to the agencies: the adapters' rules, with the signed content put in.</summary>
internal sealed class ShareClients(TimeProvider time) : ForwarderHttpClientFactory
{
    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        OutgoingConnections.Restrict(handler, ShareProxyConfig.ConnectTimeOf(context.NewMetadata));
    }

    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) =>
        new SignedContent(handler, time);
}
