using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Events;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Grants;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Events.Model;

/// <summary>What the event of an enterprise asks for: an application for electricity. Pure: event and policy in, request out; nothing is checked here.</summary>
internal static class EnterpriseRequest
{
    /// <summary>Where the applications of events come in.</summary>
    public const string Channel = "9210";

    public static bool WantsElectricity(EventInput input) => input.Data?.Utilities?.Electricity?.Requested == true;

    /// <summary>The utilities ticked beside electricity, in the order of the form.</summary>
    public static IReadOnlyList<string> OtherUtilities(EventInput input)
    {
        var utilities = input.Data?.Utilities;
        return
        [
            .. new (string Name, UtilityIntention? Intention)[]
            {
                ("water", utilities?.Water),
                ("gas", utilities?.Gas),
                ("network", utilities?.Network),
                ("television", utilities?.Television),
            }
                .Where(utility => utility.Intention?.Requested == true)
                .Select(utility => utility.Name),
        ];
    }

    /// <summary>The application for electricity. A sole proprietor applies as an enterprise too: it has a credit code.</summary>
    public static ApplicationRequest Application(EventInput input, string caseId, PolicyEdition policy)
    {
        var (data, electricity) = (input.Data, input.Data?.Utilities?.Electricity);
        return new ApplicationRequest
        {
            CaseId = caseId,
            ServiceType = ServiceType(electricity?.CapacityKw, policy),
            Purpose = Purposes.EnterpriseOpening,
            Basis = Basis(Consent(input)),
            Applicant = new ApplicantInput
            {
                Enterprise = new EnterpriseInput
                {
                    Name = data?.Enterprise?.Name,
                    Uscc = data?.Enterprise?.Uscc,
                    LegalRepresentative = data?.Enterprise?.LegalRepresentative,
                },
            },
            Agent = data?.Agent,
            Premises = data?.Premises,
            CapacityKw = electricity?.CapacityKw,
            Use = electricity?.Use,
            Channel = Channel,
        };
    }

    /// <summary>The consent given with the tick (个人信息保护法 Art. 23), or else the one given with the event.</summary>
    public static ConsentInput? Consent(EventInput input) =>
        input.Data?.Utilities?.Electricity?.Consent ?? input.Data?.Consent;

    /// <summary>On what ground the event is acted on, as evidence says it.</summary>
    public static string BasisOf(EventInput input) =>
        input.Data?.Transfer is { } transfer ? TransferRequest.BasisOf(transfer)
        : Consent(input)?.Reference is { } consent ? $"consent:{consent}"
        : "none stated";

    private static LegalBasis? Basis(ConsentInput? consent) =>
        consent is null
            ? null
            : new LegalBasis
            {
                Kind = BasisKind.Consent,
                Reference = consent.Reference,
                GrantedAt = consent.GrantedAt,
            };

    /// <summary>High voltage above what the low levels carry; null when the edition has no service for it.</summary>
    private static string? ServiceType(decimal? capacityKw, PolicyEdition policy)
    {
        var low = policy.Supply.Voltages.TakeWhile(level => level.Voltage != policy.Supply.HighVoltage);
        var connection = low.All(level => capacityKw > level.UpToKw)
            ? ConnectionKind.HighVoltage
            : ConnectionKind.NonResidential;
        return policy
            .Services.FirstOrDefault(service =>
                service.Connection == connection
                && service.Purposes.Contains(Purposes.EnterpriseOpening, StringComparer.Ordinal)
            )
            ?.Name;
    }
}
