using Integration.Contracts.Identifiers;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Verifications.Comparing;

namespace Integration.Gateway.Verifications.Intake;

/// <summary>Reads the place to be supplied.</summary>
internal sealed class PremisesReader(PremisesInput? input, FaultList faults)
{
    private const int LongestAddress = 200;

    public Premises? Read()
    {
        if (input is null)
        {
            return null;
        }

        CheckAddress(input.Address);
        var title = TitleReference.Read(input.CertificateNumber, input.UnitNumber, "/premises", faults);
        var landlord = ReadLease(input);
        if (input.Tenure is not { } tenure)
        {
            faults.Add("/premises/tenure", "missing", "One of owner, lease, other is expected.");
            return null;
        }

        return new Premises(title, tenure, landlord);
    }

    private void CheckAddress(string? address)
    {
        if (string.IsNullOrWhiteSpace(address))
        {
            faults.Add("/premises/address", "missing", "An address is needed.");
        }
        else if (address.Length > LongestAddress || address.Any(char.IsControl))
        {
            faults.Add("/premises/address", "length", "An address has 1 to 200 characters, no control characters.");
        }
    }

    private Landlord? ReadLease(PremisesInput premises)
    {
        switch (premises)
        {
            case { Lease: null, Tenure: Tenure.Lease }:
                faults.Add("/premises/lease", "missing", "The tenure lease needs the lease.");
                return null;
            case { Lease: null }:
                return null;
            case { Tenure: Tenure.Owner or Tenure.Other }:
                faults.Add("/premises/lease", "unexpected", "A lease goes with the tenure lease only.");
                break;
        }

        var lease = premises.Lease;
        if (lease.Until < lease.From)
        {
            faults.Add("/premises/lease/until", "order", "A lease does not end before it begins.");
        }

        if (lease.Reference is { } reference)
        {
            CaseFields.IsReference(reference, "/premises/lease/reference", faults);
        }

        var (code, id) = ReadCode(lease.LandlordCode);
        return faults.Read("/premises/lease/landlordName", PartyName.Parse(lease.LandlordName)) is { } name
            ? new Landlord(name, code, id is { } number ? new Person(number, name) : null)
            : null;
    }

    private (string? Code, ResidentId? Id) ReadCode(string? code)
    {
        if (code is null)
        {
            return (null, null);
        }

        if (CreditCode.Parse(code) is { IsValid: true, Value: var creditCode })
        {
            return (creditCode.Value, null);
        }

        if (ResidentId.Parse(code) is { IsValid: true, Value: var residentId })
        {
            return (residentId.Value, residentId);
        }

        faults.Add(
            "/premises/lease/landlordCode",
            "structure",
            "A valid resident identity number or unified social credit code is expected."
        );
        return (null, null);
    }
}
