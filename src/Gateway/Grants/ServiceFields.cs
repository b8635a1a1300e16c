using System.Collections.Frozen;
using Integration.Gateway.Callers;

namespace Integration.Gateway.Grants;

/// <summary>The services a grant can name and the fields of each. An operation (no fields) is allowed or not as a whole.</summary>
internal static class ServiceFields
{
    public const string Identity = "identity";
    public const string BusinessLicence = "businessLicence";
    public const string PropertyTitle = "propertyTitle";
    public const string Household = "household";
    public const string UtilityAccount = "utilityAccount";
    public const string ProjectApproval = "projectApproval";
    public const string GridResource = "gridResource";
    public const string Verifications = "verifications";
    public const string Applications = "applications";

    /// <summary>Handing events in.</summary>
    public const string Events = "events";

    /// <summary>Joint applications for several utilities.</summary>
    public const string JointApplications = "jointApplications";

    /// <summary>What a utility gets of a joint application beside proofs; without it, it gets no leg and may report none.</summary>
    public const string Legs = "legs";

    /// <summary>Reporting milestones and stops of a case: of one's own, and of the owners that the grant names.</summary>
    public const string Cases = "cases";

    public static FrozenDictionary<string, FrozenSet<string>> All { get; } =
        new Dictionary<string, FrozenSet<string>>(StringComparer.Ordinal)
        {
            [Identity] = Set("name", "idNumber", "vitalStatus"),
            [BusinessLicence] = Set("name", "uscc", "legalRepresentative", "status", "size"),
            [PropertyTitle] = Set("certificateNumber", "unitNumber", "holderName", "holderCode", "status", "seizure"),
            [Household] = Set("name", "formerName", "vitalStatus"),
            [UtilityAccount] = Set("holderName", "holderCode", "unitNumber", "arrears"),
            [ProjectApproval] = Set("projectCode", "status"),
            [GridResource] = Set("distance", "spareCapacity"),
            [Verifications] = Set(),
            [Applications] = Set(),
            [Events] = Set(),
            [Cases] = Set(),
            [JointApplications] = Set(),
            [Legs] = Set("address", "account", "formerHolder", "agent"),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static GrantVocabulary Vocabulary { get; } = new(All, Purposes.All) { WithOwners = Cases };

    private static FrozenSet<string> Set(params ReadOnlySpan<string> fields) =>
        FrozenSet.Create(StringComparer.Ordinal, fields);
}
