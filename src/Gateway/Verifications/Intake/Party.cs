using Integration.Contracts.Identifiers;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Verifications.Intake;

/// <summary>A person whose name and number are well formed.</summary>
internal sealed record Person(ResidentId IdNumber, PartyName Name)
{
    /// <summary>Reads both fields; null and faults when one is wrong.</summary>
    public static Person? Read(string? name, string? idNumber, string pointer, FaultList faults)
    {
        var readName = faults.Read($"{pointer}/name", PartyName.Parse(name));
        var readNumber = faults.Read($"{pointer}/idNumber", ResidentId.Parse(idNumber));
        return readName is { } soundName && readNumber is { } soundNumber ? new(soundNumber, soundName) : null;
    }

    public static Person? Read(PersonInput? input, string pointer, FaultList faults) =>
        input is null ? null : Read(input.Name, input.IdNumber, pointer, faults);

    public override string ToString() => nameof(Person);
}

/// <summary>An enterprise whose name and code are well formed.</summary>
/// <param name="CreditCode">Its code.</param>
/// <param name="Name">Its name; null: an individual business (个体工商户, code 92…) that has none.</param>
/// <param name="LegalRepresentative">Its representative; of a business without a name always given.</param>
internal sealed record Enterprise(CreditCode CreditCode, PartyName? Name, PartyName? LegalRepresentative)
{
    /// <summary>The name under which it acts: its own, or its operator's (民法典第五十四条).</summary>
    public PartyName ActsAs => Name ?? LegalRepresentative!.Value;

    /// <summary>Reads all fields; null and faults when one is wrong.</summary>
    public static Enterprise? Read(EnterpriseInput? input, string pointer, FaultList faults)
    {
        if (input is null)
        {
            return null;
        }

        var code = faults.Read($"{pointer}/uscc", CreditCode.Parse(input.Uscc));
        var isNameless = string.IsNullOrWhiteSpace(input.Name) && code is { IsIndividualBusiness: true };
        var name = isNameless ? null : faults.Read($"{pointer}/name", PartyName.Parse(input.Name));
        var representative = input.LegalRepresentative is { } given
            ? faults.Read($"{pointer}/legalRepresentative", PartyName.Parse(given))
            : null;
        if (isNameless && input.LegalRepresentative is null)
        {
            faults.Add(
                $"{pointer}/legalRepresentative",
                "missing",
                "An individual business without a name is identified by its code and its operator: the operator is needed."
            );
        }

        return code is { } soundCode && (name is not null || (isNameless && representative is not null))
            ? new(soundCode, name, representative)
            : null;
    }

    public override string ToString() => nameof(Enterprise);
}
