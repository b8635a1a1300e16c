using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Verifications.Intake;

namespace Integration.Gateway.JointApplications.Intake;

/// <summary>Understands what the applicant brings for one leg.</summary>
internal static class ResendReader
{
    private const int MostPapers = 20;

    /// <summary>Understands a request: the command, or null and every fault in the list.</summary>
    public static ResendCommand? Read(LegResendRequest request, Utility utility, DateTimeOffset now, FaultList faults)
    {
        if (request.Need is { } need)
        {
            NeedRules.Check(need, utility, "/need", faults);
        }

        CaseFields.IsConsent(request.Consent, "/consent", now, faults);
        if (request.Account is not null)
        {
            JointFormReader.IsAccount(request.Account, "/account", faults);
        }

        var papers = new List<LegPaper>();
        var given = request.Materials ?? [];
        if (given.Count > MostPapers)
        {
            faults.Add("/materials", "length", "At most 20 papers.");
        }

        for (var i = 0; i < given.Count; i++)
        {
            var pointer = $"/materials/{i}";
            var isSound =
                CaseFields.IsReference(given[i].Proof, $"{pointer}/proof", faults)
                & CaseFields.IsReference(given[i].Reference, $"{pointer}/reference", faults);
            if (given[i].Sha256 is not { Length: 64 } digest || !digest.All(char.IsAsciiHexDigit))
            {
                faults.Add($"{pointer}/sha256", "pattern", "A SHA-256 has 64 hexadecimal digits.");
            }
            else if (isSound)
            {
                papers.Add(new LegPaper(given[i].Proof!, given[i].Reference!, digest.ToLowerInvariant()));
            }
        }

        return faults.IsEmpty ? new ResendCommand(request, papers) : null;
    }
}
