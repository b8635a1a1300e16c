using Integration.Contracts.Problems;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Callers;

/// <summary>Why a request was not let in. The list is closed: the code is a metric label.</summary>
/// <param name="Code">For metrics, logs and tests.</param>
/// <param name="Detail">For the caller.</param>
internal sealed record AuthenticationFault(string Code, string Detail)
{
    public static readonly AuthenticationFault TokenMissing = new("token-missing", "Send an access token.");
    public static readonly AuthenticationFault TokenMalformed = new(
        "token-malformed",
        "Exactly one Authorization header with Bearer and one token is needed."
    );
    public static readonly AuthenticationFault TokenInvalid = new(
        "token-invalid",
        "The token was not issued by this gateway for this gateway, or was changed."
    );
    public static readonly AuthenticationFault TokenExpired = new(
        "token-expired",
        "The token has expired: get a new one."
    );
    public static readonly AuthenticationFault TokenNotYetValid = new(
        "token-not-yet-valid",
        "The token is not valid yet."
    );
    public static readonly AuthenticationFault TransportInsecure = new("transport-insecure", "Credentials need TLS.");
    public static readonly AuthenticationFault ClientDisabled = new("client-disabled", "The client is not enabled.");
    public static readonly AuthenticationFault ClientUnproved = new(
        "client-unproved",
        "The client is unknown, not enabled, or has not proved who it is."
    );
    public static readonly AuthenticationFault CertificateMissing = new(
        "certificate-missing",
        "A client certificate is required here."
    );
    public static readonly AuthenticationFault CertificateUnknown = new(
        "certificate-unknown",
        "The client certificate is not registered or not valid at this time."
    );
    public static readonly AuthenticationFault CertificateOfAnother = new(
        "certificate-of-another",
        "Token and certificate belong to different clients."
    );

    public Refusal ToRefusal() =>
        new(
            StatusCodes.Status401Unauthorized,
            ProblemCodes.Unauthenticated,
            "No valid token or certificate.",
            Detail,
            "caller",
            RetryAdvice.Never
        );
}
