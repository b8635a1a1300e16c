using Integration.Contracts.V1.Applications;

namespace Integration.Gateway.Applications.Model;

/// <summary>
/// What of an application is another when it is asked for anew. Pure; compares what was understood, so that another way of writing the same is
/// no difference. The credit code cannot differ: another code is another enterprise.
/// </summary>
internal static class ApplicationDifference
{
    /// <summary>The parts that differ and matter, by name; empty: nothing has to be done.</summary>
    public static IReadOnlyList<string> Between(AskedFor before, AskedFor now)
    {
        var (then, next) = (before.Form, now.Form);
        (string Part, bool Differs)[] parts =
        [
            ("service", then.Service.Name != next.Service.Name),
            ("name", then.Applicant.Name != next.Applicant.Name),
            (
                "legalRepresentative",
                then.Applicant.Enterprise?.LegalRepresentative != next.Applicant.Enterprise?.LegalRepresentative
            ),
            ("agent", then.Agent != next.Agent),
            ("premises", then.Premises != next.Premises || AddressDiffers(before, now)),
            ("capacity", then.CapacityKw != next.CapacityKw),
            ("use", then.Use != next.Use),
        ];
        return [.. parts.Where(part => part.Differs).Select(part => part.Part)];
    }

    /// <summary>An address counts only where no number says which place is meant: people write one place in many ways.</summary>
    private static bool AddressDiffers(AskedFor before, AskedFor now) =>
        now.Form.Premises is { Title.IsEmpty: true }
        && before.Request.Premises?.Address?.Trim() != now.Request.Premises?.Address?.Trim();
}

/// <summary>An application as it was asked for, and as it was understood.</summary>
internal sealed record AskedFor(ApplicationRequest Request, ApplicationForm Form)
{
    public override string ToString() => nameof(AskedFor);
}
