using Integration.Contracts.Identifiers;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Verifications.Comparing;

namespace Integration.Gateway.Verifications.Intake;

/// <summary>Makes the claims of a verification request. Each member that is given is read, so that every fault is listed at once.</summary>
internal sealed class ClaimReader(VerificationRequest request, FaultList faults)
{
    private readonly Person? _person = Person.Read(request.Person, "/person", faults);
    private readonly Enterprise? _enterprise = Enterprise.Read(request.Enterprise, "/enterprise", faults);
    private readonly TitleReference _title = TitleReference.Read(
        request.Property?.CertificateNumber,
        request.Property?.UnitNumber,
        "/property",
        faults
    );
    private readonly PartyName? _holderName = request.Property?.HolderName is { } given
        ? faults.Read("/property/holderName", PartyName.Parse(given))
        : null;

    /// <summary>One claim for each check that has all it needs; the others leave faults.</summary>
    public IReadOnlyList<Claim> Read()
    {
        if (request.Checks is not { Count: > 0 } checks)
        {
            faults.Add("/checks", "missing", "At least one check is needed.");
            return [];
        }

        for (var i = 0; i < checks.Count; i++)
        {
            if (checks.Take(i).Contains(checks[i]))
            {
                faults.Add($"/checks/{i}", "duplicate", "A check is asked for once.");
            }
        }

        return [.. checks.Distinct().Select(Claim).OfType<Claim>()];
    }

    private Claim? Claim(CheckName check) =>
        check switch
        {
            CheckName.Identity => Identity(),
            CheckName.BusinessLicence => Licence(),
            CheckName.PropertyTitle => Title(),
            _ => throw new InvalidOperationException("A check is one of three."),
        };

    private IdentityClaim? Identity() =>
        IsThere(request.Person, "/person", "identity") && _person is { } person
            ? new IdentityClaim(person.IdNumber, person.Name)
            : null;

    private LicenceClaim? Licence() =>
        IsThere(request.Enterprise, "/enterprise", "businessLicence") && _enterprise is { } enterprise
            ? new LicenceClaim(
                enterprise.CreditCode,
                enterprise.Name,
                enterprise.LegalRepresentative is { } named ? [named] : []
            )
            : null;

    private TitleClaim? Title()
    {
        if (!IsThere(request.Property, "/property", "propertyTitle"))
        {
            return null;
        }

        if (request.Property is { CertificateNumber: null, UnitNumber: null })
        {
            faults.Add("/property", "missing", "A certificate number or a unit number is needed.");
        }

        if (request is { Person: null, Enterprise: null, Property.HolderName: null })
        {
            faults.Add(
                "/property/holderName",
                "missing",
                "Without a person or enterprise the holder's name is needed."
            );
        }

        var holder = _holderName ?? _enterprise?.ActsAs ?? _person?.Name;
        return holder is { } name && !_title.IsEmpty
            ? new TitleClaim(_title.Certificate, _title.Unit, name, CodeOf(name))
            : null;
    }

    /// <summary>The holder's number is known when the holder is the person or enterprise of the request.</summary>
    private string? CodeOf(PartyName holder) =>
        _enterprise is { } enterprise && enterprise.ActsAs == holder ? enterprise.CreditCode.Value
        : _person is { } person && person.Name == holder ? person.IdNumber.Value
        : null;

    private bool IsThere(object? part, string pointer, string check)
    {
        if (part is null)
        {
            faults.Add(pointer, "missing", $"The check {check} needs it.");
        }

        return part is not null;
    }
}
