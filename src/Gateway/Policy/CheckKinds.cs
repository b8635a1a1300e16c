using Integration.Gateway.Grants;

namespace Integration.Gateway.Policy;

/// <summary>Each kind of check under the name a grant gives it.</summary>
internal static class CheckKinds
{
    public static string Service(this CheckKind kind) =>
        kind switch
        {
            CheckKind.Identity => ServiceFields.Identity,
            CheckKind.BusinessLicence => ServiceFields.BusinessLicence,
            CheckKind.PropertyTitle => ServiceFields.PropertyTitle,
            CheckKind.UtilityAccount => ServiceFields.UtilityAccount,
            CheckKind.Household => ServiceFields.Household,
            CheckKind.ProjectApproval => ServiceFields.ProjectApproval,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
        };
}
