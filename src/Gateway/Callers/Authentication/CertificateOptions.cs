namespace Integration.Gateway.Callers;

/// <summary>Client certificates. Section <c>Gateway:Certificates</c>.</summary>
internal sealed record CertificateOptions
{
    public const string Section = "Gateway:Certificates";

    /// <summary>Refuse every request without a registered certificate, on every route. Default false.</summary>
    public bool Required { get; init; }

    /// <summary>Local ports that are exempt from <see cref="Required"/>, e.g. one for probes. Default none.</summary>
    public IReadOnlyList<int> ExemptPorts { get; init; } = [];
}
