using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Verifications.Intake;

/// <summary>In which case, what for and on what ground data are asked for. Holds no personal data.</summary>
/// <param name="CaseId">The caller's case number.</param>
/// <param name="Purpose">A purpose of the policy.</param>
/// <param name="Basis">Kind and reference of the legal basis, e.g. <c>consent:CONSENT-1</c>.</param>
internal sealed record CaseFields(string CaseId, string Purpose, string Basis)
{
    /// <summary>Reads the fields that every request has; null and faults when any of them is wrong.</summary>
    public static CaseFields? Read(
        string? caseId,
        string? purpose,
        LegalBasis? basis,
        PolicyEdition policy,
        DateTimeOffset now,
        FaultList faults
    )
    {
        var sound = IsCaseId(caseId, faults) & IsPurpose(purpose, policy, faults) & IsBasis(basis, now, faults);
        return sound ? new CaseFields(caseId!, purpose!, $"{Camel(basis!.Kind!.Value)}:{basis.Reference}") : null;
    }

    /// <summary>A reference to something kept elsewhere: 1 to 128 characters.</summary>
    public static bool IsReference(string? reference, string pointer, FaultList faults) =>
        Note(CaseRules.OfReference(reference), pointer, faults);

    /// <summary>A moment that has already been.</summary>
    public static bool IsPast(DateTimeOffset? moment, DateTimeOffset now, string pointer, FaultList faults) =>
        Note(CaseRules.OfPast(moment, now), pointer, faults);

    /// <summary>A consent that stands elsewhere; false without faults when there is none.</summary>
    public static bool IsConsent(ConsentInput? consent, string pointer, DateTimeOffset now, FaultList faults) =>
        consent is not null
        && IsReference(consent.Reference, $"{pointer}/reference", faults)
            & IsPast(consent.GrantedAt, now, $"{pointer}/grantedAt", faults);

    private static bool IsCaseId(string? caseId, FaultList faults) =>
        Note(CaseRules.OfCaseId(caseId), "/caseId", faults);

    private static bool IsPurpose(string? purpose, PolicyEdition policy, FaultList faults) =>
        Note(
            purpose is null ? ("missing", "A purpose is needed.")
                : policy.Knows(purpose) ? null
                : ("unknown-purpose", "The policy in force knows no such purpose."),
            "/purpose",
            faults
        );

    private static bool IsBasis(LegalBasis? basis, DateTimeOffset now, FaultList faults)
    {
        if (basis is null)
        {
            return Note(("missing", "A legal basis is needed (个人信息保护法 Art. 13)."), "/basis", faults);
        }

        return Note(basis.Kind is null ? ("missing", "The kind of basis is needed.") : null, "/basis/kind", faults)
            & IsReference(basis.Reference, "/basis/reference", faults)
            & IsPast(basis.GrantedAt, now, "/basis/grantedAt", faults);
    }

    private static bool Note((string Code, string Message)? fault, string pointer, FaultList faults)
    {
        if (fault is not { } found)
        {
            return true;
        }

        faults.Add(pointer, found.Code, found.Message);
        return false;
    }

    private static string Camel(BasisKind kind) =>
        System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
