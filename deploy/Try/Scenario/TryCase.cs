using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Verifications;

namespace Integration.Try.Scenario;

/// <summary>An application of the main job and what has to come of it.</summary>
/// <param name="Title">Who applies, Chinese and English.</param>
/// <param name="Request">The application.</param>
/// <param name="Expected">The decision that is right.</param>
internal sealed record TryCase(string Title, ApplicationRequest Request, DecisionOutcome Expected);

/// <summary>The four cases of the main job.</summary>
internal sealed class TryCases(FixtureInputs inputs, TimeProvider time)
{
    public TryCase Resident =>
        new(
            "1. 居民，自有住房 · a resident at home",
            Application(1, "low-voltage-residential-new", inputs.Premises("t01"), 8) with
            {
                Applicant = new ApplicantInput { Person = inputs.Person("p01") },
            },
            DecisionOutcome.ZeroCertificate
        );

    public TryCase SmallCompany =>
        new(
            "2. 小微企业，自有房产 · a small company on its own premises",
            Application(2, "low-voltage-nonresidential-new", inputs.Premises("t-company"), 80) with
            {
                Applicant = Enterprise("c01"),
            },
            DecisionOutcome.ZeroCertificate
        );

    public TryCase RevokedLicence =>
        new(
            "3. 营业执照被吊销的企业 · a company whose licence is revoked",
            Application(3, "low-voltage-nonresidential-new", inputs.Leased("t05"), 30) with
            {
                Applicant = Enterprise("c-revoked"),
            },
            DecisionOutcome.Review
        );

    /// <summary>Asked while no source of titles answers.</summary>
    public TryCase AgencyDown =>
        new(
            "4. 居民，不动产部门无响应 · a resident while the title agencies are down",
            Application(4, "low-voltage-residential-new", inputs.Premises("t02"), 8) with
            {
                Applicant = new ApplicantInput { Person = inputs.Person("p02") },
            },
            DecisionOutcome.Provisional
        );

    private ApplicantInput Enterprise(string key) =>
        new() { Enterprise = inputs.Company(key), Person = inputs.RepresentativeOf(key) };

    private ApplicationRequest Application(int number, string serviceType, PremisesInput premises, decimal capacityKw)
    {
        var now = time.GetUtcNow();
        return new ApplicationRequest
        {
            CaseId = FormattableString.Invariant($"TRY-{now:yyyyMMddHHmmssfff}-{number}"),
            ServiceType = serviceType,
            Purpose = "electricity.new-connection",
            Basis = new LegalBasis
            {
                Kind = BasisKind.Consent,
                Reference = FormattableString.Invariant($"CONSENT-{number}"),
                GrantedAt = now.AddMinutes(-10),
            },
            Premises = premises,
            CapacityKw = capacityKw,
            Channel = "online-hall",
        };
    }
}
