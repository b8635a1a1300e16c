using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Verifications;

namespace Integration.Testing.World;

/// <summary>Requests that are complete and right; a test changes what it is about with <c>with</c>.</summary>
public static class HallRequests
{
    private static int s_cases;

    /// <summary>A consent given before every clock the tests use.</summary>
    public static LegalBasis Consent =>
        new()
        {
            Kind = BasisKind.Consent,
            Reference = "CONSENT-1",
            GrantedAt = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.FromHours(8)),
        };

    /// <summary>A case number that no other test has.</summary>
    public static string NewCase() =>
        FormattableString.Invariant($"HALL-{Environment.ProcessId}-{Interlocked.Increment(ref s_cases):000000}");

    /// <summary>All three checks: a company, its legal representative and a title.</summary>
    public static VerificationRequest Verification(string companyKey = "c01", string titleKey = "t-company") =>
        new()
        {
            CaseId = NewCase(),
            Purpose = "electricity.new-connection",
            Basis = Consent,
            Person = SyntheticWorld.RepresentativeOf(companyKey),
            Enterprise = SyntheticWorld.Company(companyKey),
            Property = SyntheticWorld.Title(titleKey),
            Checks = [CheckName.Identity, CheckName.BusinessLicence, CheckName.PropertyTitle],
        };

    /// <summary>The identity check alone.</summary>
    public static VerificationRequest Identity(string personKey = "p01") =>
        new()
        {
            CaseId = NewCase(),
            Purpose = "electricity.new-connection",
            Basis = Consent,
            Person = SyntheticWorld.Person(personKey),
            Checks = [CheckName.Identity],
        };

    /// <summary>A resident at home.</summary>
    public static ApplicationRequest Residential(string personKey = "p01", string titleKey = "t01") =>
        Application("low-voltage-residential-new", titleKey) with
        {
            Applicant = new ApplicantInput { Person = SyntheticWorld.Person(personKey) },
            CapacityKw = 8,
        };

    /// <summary>A company on premises of its own.</summary>
    public static ApplicationRequest Commercial(string companyKey = "c01", string titleKey = "t-company") =>
        Application("low-voltage-nonresidential-new", titleKey) with
        {
            Applicant = new ApplicantInput
            {
                Enterprise = SyntheticWorld.Company(companyKey),
                Person = SyntheticWorld.RepresentativeOf(companyKey),
            },
            CapacityKw = 80,
        };

    private static ApplicationRequest Application(string serviceType, string titleKey) =>
        new()
        {
            CaseId = NewCase(),
            ServiceType = serviceType,
            Purpose = "electricity.new-connection",
            Basis = Consent,
            Premises = SyntheticWorld.Premises(titleKey),
            Channel = "online-hall",
        };
}
