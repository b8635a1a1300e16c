using System.Collections.Frozen;

namespace Integration.Sandbox.Agencies.Providers;

/// <summary>A provider's own words: its codes for the states of a leg, and its names for the fields of the form.</summary>
/// <param name="codes">By the state's name in camel case.</param>
/// <param name="fields">By the provider's name, the form's.</param>
internal sealed class ProviderWords(
    IReadOnlyDictionary<string, string> codes,
    IReadOnlyDictionary<string, string> fields
)
{
    private readonly FrozenDictionary<string, string> _names = fields.ToFrozenDictionary(
        field => field.Value,
        field => field.Key,
        StringComparer.Ordinal
    );

    /// <summary>The names of the transfer linkage.</summary>
    public static readonly IReadOnlyDictionary<string, string> Linkage = new Dictionary<string, string>(
        StringComparer.Ordinal
    )
    {
        ["qlrmc"] = "applicant.name",
        ["qlrzjh"] = "applicant.code",
        ["fddbr"] = "applicant.legalRepresentative",
        ["dlrmc"] = "agent.name",
        ["ywrmc"] = "former.holder",
        ["zl"] = "premises.address",
        ["bdcdyh"] = "premises.unitNumber",
        ["bdcqzh"] = "premises.certificateNumber",
        ["consno"] = "account",
    };

    public IReadOnlyDictionary<string, string> Fields => fields;

    /// <summary>Its code for a state; anything else is taken for a code already, which the gateway need not know.</summary>
    public string CodeOf(string codeOrState) => codes.GetValueOrDefault(codeOrState, codeOrState);

    /// <summary>Its name for a field of the form; anything else stays as it is.</summary>
    public string NameOf(string field) => _names.GetValueOrDefault(field, field);

    /// <summary>The fields of the form that were filled.</summary>
    /// <param name="value">The value under a name of the provider's; null: none.</param>
    public IReadOnlyList<string> Filled(Func<string, string?> value) =>
        [
            .. fields
                .Where(field => !string.IsNullOrEmpty(value(field.Key)))
                .Select(field => field.Value)
                .Order(StringComparer.Ordinal),
        ];
}
