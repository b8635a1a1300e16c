using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Adapters.Utilities;

/// <summary>Writes what orders of the linkage have in common.</summary>
internal static class LinkageOrderWriter
{
    public static string KindOf(LegOrder order) => order.Kind == JointKind.Transfer ? "gh" : "xz";

    /// <summary>The same order with the fields of the form that the leg has; what it does not have is left out.</summary>
    /// <param name="bare">The provider's order.</param>
    /// <param name="order">The leg's.</param>
    /// <param name="residentCode">The provider's code of a resident identity number.</param>
    /// <param name="creditCode">The provider's code of a credit code.</param>
    public static TOrder WithForm<TOrder>(this TOrder bare, LegOrder order, string residentCode, string creditCode)
        where TOrder : LinkageOrder
    {
        var code = Field(order, FormFields.ApplicantCode);
        return bare with
        {
            ApplicantName = Field(order, FormFields.ApplicantName),
            ApplicantCodeType =
                code is null ? null
                : CreditCode.Parse(code).IsValid ? creditCode
                : residentCode,
            ApplicantCode = code,
            LegalRepresentative = Field(order, FormFields.LegalRepresentative),
            AgentName = Field(order, FormFields.AgentName),
            FormerHolder = Field(order, FormFields.FormerHolder),
            Address = Field(order, FormFields.Address),
            UnitNumber = Field(order, FormFields.UnitNumber),
            CertificateNumber = Field(order, FormFields.CertificateNumber),
            Account = Field(order, FormFields.Account),
        };
    }

    private static string? Field(LegOrder order, string name) => order.Fields.GetValueOrDefault(name);
}
