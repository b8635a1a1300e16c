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
internal sealed record Enterprise(CreditCode CreditCode, PartyName Name, PartyName? LegalRepresentative)
{
    /// <summary>Reads all fields; null and faults when one is wrong.</summary>
    public static Enterprise? Read(EnterpriseInput? input, string pointer, FaultList faults)
    {
        if (input is null)
        {
            return null;
        }

        var name = faults.Read($"{pointer}/name", PartyName.Parse(input.Name));
        var code = faults.Read($"{pointer}/uscc", CreditCode.Parse(input.Uscc));
        var representative = input.LegalRepresentative is { } given
            ? faults.Read($"{pointer}/legalRepresentative", PartyName.Parse(given))
            : null;
        return name is { } soundName && code is { } soundCode ? new(soundCode, soundName, representative) : null;
    }

    public override string ToString() => nameof(Enterprise);
}
