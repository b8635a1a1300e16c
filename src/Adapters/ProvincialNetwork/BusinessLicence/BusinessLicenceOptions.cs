using Integration.Adapters.Http.Settings;

namespace Integration.Adapters.ProvincialNetwork.BusinessLicence;

/// <summary>The enterprise register behind the exchange platform: section <c>Agencies:business-licence</c>.</summary>
internal sealed record BusinessLicenceOptions : AgencyOptions
{
    /// <summary>Service code (sid) of the query.</summary>
    public string? QueryService { get; init; }

    /// <summary>Service code (sid) of the comparison.</summary>
    public string? VerifyService { get; init; }

    /// <summary>The register's authorisation code. A <c>file:</c> or <c>env:</c> reference.</summary>
    public string? AuthorisationCode { get; init; }

    /// <summary>The register's code of a successful call.</summary>
    public string SuccessCode { get; init; } = "2000";

    /// <summary>The register's code of a wrong authorisation code.</summary>
    public string NotAuthorisedCode { get; init; } = "2001";

    public string RevealAuthorisationCode() => Reveal(AuthorisationCode);

    public override IEnumerable<string> Faults() =>
        base.Faults()
            .Concat(
                MissingFaults(
                    (QueryService, nameof(QueryService)),
                    (VerifyService, nameof(VerifyService)),
                    (SuccessCode, nameof(SuccessCode)),
                    (NotAuthorisedCode, nameof(NotAuthorisedCode))
                )
            )
            .Concat(SecretFaults(AuthorisationCode, nameof(AuthorisationCode)));
}
