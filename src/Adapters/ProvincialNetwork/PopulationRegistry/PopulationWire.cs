using Integration.Adapters.Http;

namespace Integration.Adapters.ProvincialNetwork.PopulationRegistry;

/// <summary>An operation of the registry.</summary>
/// <param name="Code">Its name on the wire, QQBWDM.</param>
/// <param name="Name">Its name for people, QQBWMC.</param>
internal sealed record PopulationOperation(string Code, string Name)
{
    public static readonly PopulationOperation Check = new("GK_GXFW_SFHC", "身份核查");

    public static readonly PopulationOperation BasicData = new("GK_JZCX_RKJCXXCX", "人口基础信息查询");

    /// <summary>An operation that only a service catalogue names; its code has to do for people too.</summary>
    public static PopulationOperation From(string code) =>
        code == Check.Code ? Check
        : code == BasicData.Code ? BasicData
        : new(code, code);

    /// <summary>Whether the text can be an operation: letters, digits and underscores, a letter first.</summary>
    public static bool IsCode(string text) =>
        text.Length is > 0 and <= 64
        && char.IsAsciiLetter(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_');

    public AgencyOperation AgencyOperation { get; } = new(PopulationAgency.Name, Code, IsIdempotentRead: true);
}

/// <summary>One field of a record.</summary>
internal sealed record PackageField(string Name, string Value)
{
    /// <inheritdoc />
    public override string ToString() => nameof(PackageField);
}
