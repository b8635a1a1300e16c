using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.Grants;

namespace Integration.Gateway.Policy;

/// <summary>What is wrong inside one edition beyond its schema: names that do not exist, names used twice, thresholds
/// that do not ascend, promises without a due time.</summary>
internal static class EditionFaults
{
    public static IEnumerable<string> In(
        PolicyEdition edition,
        ILookup<CheckKind, string> agencies,
        IReadOnlySet<Utility> utilities
    ) =>
        Repeated(edition)
            .Concat(Purposes(edition))
            .Concat(edition.Checks.SelectMany(check => Check(check, agencies)))
            .Concat(edition.Proofs.SelectMany(proof => Proof(proof, edition)))
            .Concat(edition.Services.SelectMany(service => Service(service, edition)))
            .Concat(Supply(edition.Supply))
            .Concat(Simple(edition.SimpleConnection, edition.Supply))
            .Concat(Recheck(edition.Recheck))
            .Concat(Fees(edition.Fees))
            .Concat(ClockFaults.In(edition))
            .Concat(JointClockFaults.In(edition.JointClocks, utilities))
            .Select(fault => $"{edition.Version}: {fault}");

    private static IEnumerable<string> Repeated(PolicyEdition edition) =>
        new (string List, IEnumerable<string> Names)[]
        {
            ("purposes", edition.Purposes.Select(purpose => purpose.Name)),
            ("checks", edition.Checks.Select(check => check.Name.ToString())),
            ("proofs", edition.Proofs.Select(proof => proof.Name)),
            ("limits", edition.Limits.Select(limit => limit.Name)),
            ("milestones", edition.Clocks.Milestones.Select(milestone => milestone.Milestone)),
            ("stops", edition.Clocks.Stops.Select(stop => stop.Reason)),
            ("jointClocks", edition.JointClocks.Limits.Select(limit => limit.Name)),
            ("services", edition.Services.Select(service => service.Name)),
            ("voltages", edition.Supply.Voltages.Select(voltage => voltage.Voltage)),
            ("zeroCost", edition.Supply.ZeroCost.Select(rule => rule.Rule)),
            ("forbidden fees", edition.Fees.Forbidden.Select(fee => fee.Name)),
        }.SelectMany(list => Twice(list.Names).Select(name => $"{list.List} has {name} more than once."));

    private static IEnumerable<string> Twice(IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key);

    private static IEnumerable<string> Purposes(PolicyEdition edition) =>
        edition
            .Purposes.Where(purpose => !Grants.Purposes.All.Contains(purpose.Name))
            .Select(purpose => $"purpose {purpose.Name} is not one that a grant can name.");

    private static IEnumerable<string> Check(CheckPolicy check, ILookup<CheckKind, string> agencies) =>
        check
            .Sources.Except(agencies[check.Name], StringComparer.Ordinal)
            .Select(source => $"check {check.Name}: no agency {source} can answer it.")
            .Concat(
                check
                    .Fields.Where(field => !ServiceFields.All[check.Name.Service()].Contains(field))
                    .Select(field => $"check {check.Name}: field {field} is not one that a grant can name.")
            )
            .Concat(
                (check.StatusWords?.Repeated() ?? []).Select(word =>
                    $"check {check.Name}: status word {word} means two things."
                )
            );

    private static IEnumerable<string> Proof(ProofPolicy proof, PolicyEdition edition)
    {
        if (proof.Check is { } kind && edition.Checks.All(check => check.Name != kind))
        {
            yield return $"proof {proof.Name}: check {kind} is not defined.";
        }

        if (proof.Accepts.Contains(PaperKind.Commitment) != proof.CommitmentWorkingDays.HasValue)
        {
            yield return $"proof {proof.Name}: a commitment and its working days go together.";
        }

        if (proof.RecheckWhenNotFound && proof.Check is null)
        {
            yield return $"proof {proof.Name}: nothing can be asked again without a check.";
        }
    }

    private static IEnumerable<string> Service(ServicePolicy service, PolicyEdition edition) =>
        Missing(service.Purposes, edition.Purposes.Select(purpose => purpose.Name), "purpose")
            .Concat(Missing(service.Proofs.Select(p => p.Proof), edition.Proofs.Select(p => p.Name), "proof"))
            .Concat(Missing(service.Limits.Select(l => l.Limit), edition.Limits.Select(l => l.Name), "limit"))
            .Concat(
                Twice(service.Proofs.Select(p => p.Proof)).Select(name => $"proof {name} is listed more than once.")
            )
            .Concat(Relations(service))
            .Select(fault => $"service {service.Name}: {fault}");

    private static IEnumerable<string> Relations(ServicePolicy service)
    {
        if (service.Needs.Contains(RequestPart.Account) != service.Account is not null)
        {
            yield return "an account that is needed and what has to be true of it go together.";
        }

        if (service.Account?.Holder == AccountHolder.FormerName && !service.Needs.Contains(RequestPart.FormerName))
        {
            yield return "the account runs under the former name, which is not needed.";
        }
    }

    private static IEnumerable<string> Missing(IEnumerable<string> used, IEnumerable<string> known, string what) =>
        used.Except(known, StringComparer.Ordinal).Select(name => $"{what} {name} is not defined.");

    private static IEnumerable<string> Supply(SupplyPolicy supply)
    {
        if (supply.Voltages.SkipLast(1).Any(voltage => voltage.UpToKw is null))
        {
            yield return "voltages: only the last level is without limit.";
        }

        if (supply.Voltages[^1].UpToKw is not null)
        {
            yield return "voltages: the last level has to be without limit.";
        }

        var limits = supply.Voltages.Select(voltage => voltage.UpToKw).OfType<decimal>().ToList();
        if (limits.Zip(limits.Skip(1), (lower, upper) => lower >= upper).Any(wrong => wrong))
        {
            yield return "voltages: the limits have to ascend.";
        }

        if (supply.Voltages.All(voltage => voltage.Voltage != supply.HighVoltage))
        {
            yield return $"supply: high voltage {supply.HighVoltage} is not one of the voltages.";
        }
    }

    private static IEnumerable<string> Simple(SimpleConnectionPolicy simple, SupplyPolicy supply)
    {
        var known = supply.Voltages.Select(voltage => voltage.Voltage).TakeWhile(level => level != supply.HighVoltage);
        foreach (var fault in Missing(simple.Voltage.AnyOf, known, "low voltage"))
        {
            yield return $"simpleConnection: {fault}";
        }

        var level = supply.Voltages.FirstOrDefault(level => !(simple.Capacity.UpToKw > level.UpToKw));
        if (level is not null && !simple.Voltage.AnyOf.Contains(level.Voltage, StringComparer.Ordinal))
        {
            yield return $"simpleConnection: its capacity needs {level.Voltage}, which is not one of its voltages.";
        }
    }

    private static IEnumerable<string> Recheck(RecheckPolicy recheck) =>
        recheck.AfterSeconds.Zip(recheck.AfterSeconds.Skip(1), (first, then) => first >= then).Any(wrong => wrong)
            ? ["recheck: the waiting times have to ascend."]
            : [];

    private static IEnumerable<string> Fees(FeePolicy fees) =>
        fees
            .Allowed.Where(fee =>
                fees.Forbidden.Any(forbidden =>
                    fee.Utilities.Any(forbidden.Concerns)
                    && forbidden.Words.Any(word => FeePolicy.Normal(fee.Name).Contains(FeePolicy.Normal(word)))
                )
            )
            .Select(fee => $"fees: {fee.Name} is allowed and forbidden.");
}
