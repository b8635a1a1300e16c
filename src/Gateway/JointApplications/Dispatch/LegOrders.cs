using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Clocks;
using Integration.Gateway.Grants;
using Integration.Gateway.JointApplications.Model;

namespace Integration.Gateway.JointApplications.Dispatch;

/// <summary>Splits the one form: each receiver's order holds what its grants name and nothing else. Pure.</summary>
internal static class LegOrders
{
    /// <summary>The order of one leg.</summary>
    public static LegOrder Create(JointApplication joint, Leg leg, JointForm form, Allowance allowance)
    {
        var wish = form.Wishes.Single(wish => wish.Utility == leg.Utility);
        return new LegOrder
        {
            Leg = leg.Key,
            Kind = joint.Kind,
            Consent = wish.Consent!,
            Need = wish.Need,
            Fields = Fields(form, wish, allowance),
            Proofs = [.. Proofs(joint, allowance)],
            Papers = leg.Papers,
        };
    }

    /// <summary>The proofs that a receiver gets.</summary>
    public static IEnumerable<HandedProof> Proofs(JointApplication joint, Allowance allowance) =>
        joint
            .Proofs.Where(proof => allowance.Names(proof.Check))
            .Select(proof => new HandedProof
            {
                Check = proof.Check,
                Outcome = proof.Outcome,
                AsOf = proof.AsOf is { } moment ? ChinaTime.In(moment) : null,
                EvidenceId = proof.EvidenceId,
            });

    /// <summary>The fields that a receiver gets, by their published names.</summary>
    public static IReadOnlyDictionary<string, string> Fields(JointForm form, UtilityRequest wish, Allowance allowance)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var party = form.Applicant.Enterprise is null ? ServiceFields.Identity : ServiceFields.BusinessLicence;
        var code = form.Applicant.Enterprise is null ? "idNumber" : "uscc";
        Put("applicant.name", form.Applicant.Name.Value, party, "name");
        Put("applicant.code", form.Applicant.Code, party, code);
        Put(
            "applicant.legalRepresentative",
            form.Applicant.Enterprise?.LegalRepresentative?.Value,
            ServiceFields.BusinessLicence,
            "legalRepresentative"
        );
        Put("agent.name", form.Agent?.Person.Name.Value, ServiceFields.Legs, "agent");
        Put("premises.address", form.Address, ServiceFields.Legs, "address");
        Put("premises.unitNumber", form.Premises.Title.Unit?.Value, ServiceFields.PropertyTitle, "unitNumber");
        Put(
            "premises.certificateNumber",
            form.Premises.Title.Certificate?.Value,
            ServiceFields.PropertyTitle,
            "certificateNumber"
        );
        Put("account", wish.Account, ServiceFields.Legs, "account");
        Put("former.holder", form.FormerHolder, ServiceFields.Legs, "formerHolder");
        return fields;

        void Put(string name, string? value, string service, string field)
        {
            if (value is not null && allowance.Names(service, field))
            {
                fields[name] = value;
            }
        }
    }
}
