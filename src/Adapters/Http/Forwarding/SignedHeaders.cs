using Integration.Adapters.Http.Dialects;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Http.Forwarding;

/// <summary>A dialect that only adds headers: path and body are the caller's, which the gateway has checked.</summary>
/// <param name="name">The dialect's name.</param>
/// <param name="open">The signer of a service, or of all when the route names none; null when there is no such service.</param>
internal sealed class SignedHeaders(string name, Func<string?, IDialectSigner?> open) : IForwardedDialect
{
    /// <summary>A dialect without service codes.</summary>
    public SignedHeaders(string name, IDialectSigner signer)
        : this(name, service => service is null ? signer : null) { }

    public ForwardingDialect Description { get; } =
        new(name, NeedsService: false, Path: null, WireFormat.Json, WireFormat.Json, HasEnvelope: false);

    public IForwardedService? Open(string? service) =>
        open(service) is { } signer ? new ForwardedService(signer, AsSent) : null;

    private static AgencyFailure? AsSent(HttpRequestMessage request, ForwardedQuestion question)
    {
        request.Content = question.Body.IsEmpty ? null : ForwardedJson.Content(question.Body);
        return null;
    }
}
