using Integration.Adapters.Http.Settings;

namespace Integration.Adapters.ProvincialNetwork.PopulationRegistry;

/// <summary>The population registry behind the exchange platform: section <c>Agencies:population-registry</c>.</summary>
internal sealed record PopulationOptions : AgencyOptions
{
    /// <summary>Service code (sid) of the identity check <c>GK_GXFW_SFHC</c>.</summary>
    public string? CheckService { get; init; }

    /// <summary>Service code (sid) of the basic data <c>GK_JZCX_RKJCXXCX</c>.</summary>
    public string? BasicDataService { get; init; }

    /// <summary>The registry's user (<c>in1</c>).</summary>
    public string? User { get; init; }

    /// <summary>That user's password. A <c>file:</c> or <c>env:</c> reference.</summary>
    public string? Password { get; init; }

    /// <summary>The FHDM values of an answer to be used.</summary>
    /// <value>Default 10 and 11, separated by a comma.</value>
    public string SuccessCodes { get; init; } = "10,11";

    /// <summary>The FHDM value for data that we may not have.</summary>
    /// <value>Default 30.</value>
    public string NotAuthorisedCode { get; init; } = "30";

    /// <summary>Who asks, as the registry's package head wants it.</summary>
    public PopulationRequester Requester { get; init; } = new();

    public string RevealPassword() => Reveal(Password);

    public override IEnumerable<string> Faults() =>
        base.Faults()
            .Concat(
                MissingFaults(
                    (CheckService, nameof(CheckService)),
                    (BasicDataService, nameof(BasicDataService)),
                    (User, nameof(User)),
                    (SuccessCodes, nameof(SuccessCodes)),
                    (NotAuthorisedCode, nameof(NotAuthorisedCode))
                )
            )
            .Concat(SecretFaults(Password, nameof(Password)))
            .Concat(Requester.Faults().Select(fault => $"{nameof(Requester)}:{fault}"))
            .Concat(SecretFaults(Requester.OfficerIdNumber, $"{nameof(Requester)}:OfficerIdNumber"));

    /// <summary>The officer's identity number.</summary>
    public string RevealOfficerIdNumber() => Reveal(Requester.OfficerIdNumber);
}

/// <summary>Who asks. The registry's log names the officer answerable for the interface.</summary>
internal sealed record PopulationRequester
{
    /// <summary>SJLYXTDM, code of the source system.</summary>
    public string? SourceSystemCode { get; init; }

    /// <summary>SJLYXTMC, name of the source system.</summary>
    public string? SourceSystemName { get; init; }

    /// <summary>QQRXM, the officer's name.</summary>
    public string? OfficerName { get; init; }

    /// <summary>QQRGMSFHM, the officer's identity number. A <c>file:</c> or <c>env:</c> reference.</summary>
    public string? OfficerIdNumber { get; init; }

    /// <summary>QQRDWDM, code of the requesting unit.</summary>
    public string? UnitCode { get; init; }

    /// <summary>QQRDWMC, name of the requesting unit.</summary>
    public string? UnitName { get; init; }

    /// <summary>QQYWLXDM, code of the business.</summary>
    public string? BusinessCode { get; init; }

    /// <summary>QQYWLXMC, name of the business.</summary>
    public string? BusinessName { get; init; }

    /// <summary>QQYWXTDM, code of the business system.</summary>
    public string? BusinessSystemCode { get; init; }

    /// <summary>QQYWXTMC, name of the business system.</summary>
    public string? BusinessSystemName { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(PopulationRequester);

    public IEnumerable<string> Faults()
    {
        (string? Value, string Key)[] texts =
        [
            (SourceSystemCode, nameof(SourceSystemCode)),
            (SourceSystemName, nameof(SourceSystemName)),
            (OfficerName, nameof(OfficerName)),
            (UnitCode, nameof(UnitCode)),
            (UnitName, nameof(UnitName)),
            (BusinessCode, nameof(BusinessCode)),
            (BusinessName, nameof(BusinessName)),
            (BusinessSystemCode, nameof(BusinessSystemCode)),
            (BusinessSystemName, nameof(BusinessSystemName)),
        ];
        return texts.Where(text => string.IsNullOrWhiteSpace(text.Value)).Select(text => $"{text.Key}: needed");
    }
}
