using System.Collections.Frozen;

namespace Integration.Adapters.Utilities;

/// <summary>Fields of the one form, and what providers call them.</summary>
internal static class FormFields
{
    public const string ApplicantName = "applicant.name";
    public const string ApplicantCode = "applicant.code";
    public const string LegalRepresentative = "applicant.legalRepresentative";
    public const string AgentName = "agent.name";
    public const string Address = "premises.address";
    public const string UnitNumber = "premises.unitNumber";
    public const string CertificateNumber = "premises.certificateNumber";
    public const string Account = "account";
    public const string FormerHolder = "former.holder";

    /// <summary>The names of the transfer linkage (不动产+水电气), which several providers use for everything.</summary>
    public static readonly FrozenDictionary<string, string> Linkage = new Dictionary<string, string>(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["qlrmc"] = ApplicantName,
        ["qlrzjh"] = ApplicantCode,
        ["fddbr"] = LegalRepresentative,
        ["dlrmc"] = AgentName,
        ["zl"] = Address,
        ["bdcdyh"] = UnitNumber,
        ["bdcqzh"] = CertificateNumber,
        ["consno"] = Account,
        ["ywrmc"] = FormerHolder,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What a provider misses, in the form's words; what is not of the form stays as the provider calls it.</summary>
    public static string? InFormWords(this FrozenDictionary<string, string> names, string? item) =>
        item is null ? null : names.GetValueOrDefault(item, item);
}
