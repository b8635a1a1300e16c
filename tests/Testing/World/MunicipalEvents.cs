using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Events;

namespace Integration.Testing.World;

/// <summary>Events that are complete and right; a test changes what it is about with <c>with</c>.</summary>
public static class MunicipalEvents
{
    private static int s_events;

    /// <summary>An event number that no other test has.</summary>
    public static string NewId() =>
        FormattableString.Invariant($"E-{Environment.ProcessId}-{Interlocked.Increment(ref s_events):000000}");

    /// <summary>A small company on premises of its own that needs 80 kW.</summary>
    public static EventInput Opened(
        string companyKey = "c01",
        string titleKey = "t-company",
        string source = "municipal-9210",
        DateTimeOffset? time = null
    )
    {
        var company = SyntheticWorld.Company(companyKey);
        return new EventInput
        {
            SpecVersion = "1.0",
            Id = NewId(),
            Source = source,
            Type = "enterprise.opened",
            Time = time ?? TimeProvider.System.GetUtcNow(),
            DataContentType = "application/json",
            Sequence = "1",
            Data = new EventData
            {
                ProgrammeVersion = "9210",
                Enterprise = new EventEnterprise
                {
                    Name = company.Name,
                    Uscc = company.Uscc,
                    LegalRepresentative = company.LegalRepresentative,
                    EstablishedOn = new DateOnly(2026, 1, 5),
                },
                Premises = SyntheticWorld.Premises(titleKey),
                Utilities = new EventUtilities
                {
                    Electricity = new UtilityIntention { Requested = true, CapacityKw = 80 },
                },
                Consent = new ConsentInput
                {
                    Reference = "CONSENT-9210",
                    GrantedAt = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.FromHours(8)),
                },
            },
        };
    }
}
