using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Form;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Verifications.Reading;

namespace Integration.Gateway.JointApplications.Changing;

/// <summary>What the applicant brings for one leg, without a fault.</summary>
internal sealed record ResendCommand(LegResendRequest Request, IReadOnlyList<LegPaper> Papers)
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

    /// <summary>The form with what was missing filled in.</summary>
    public JointApplicationRequest Complete(JointApplicationRequest form, Utility utility) =>
        form with
        {
            Utilities = [.. form.Utilities!.Select(wish => wish.Utility == utility ? Complete(wish) : wish)],
            Former =
                Request.Account is null || form.Former is not { } former
                    ? form.Former
                    : former with
                    {
                        Accounts =
                        [
                            .. (former.Accounts ?? []).Where(account => account.Utility != utility),
                            new AccountInput { Utility = utility, Account = Request.Account },
                        ],
                    },
        };

    /// <summary>What is still missing after this: a paper fills the gap of its name, a leg that was returned needs nothing more.</summary>
    public IReadOnlyList<LegGap> GapsLeft(Leg leg) =>
        leg.State is LegState.Returned or LegState.Suspended
            ? []
            :
            [
                .. leg.Gaps.Where(gap =>
                    gap.Item != "arrears" // the provider is asked again
                    && !Papers.Any(paper => paper.Proof == gap.Item)
                    && !(gap.Item == "consent" && Request.Consent is not null)
                    && !(gap.Item == "account" && Request.Account is not null)
                    && !NeedRules.Fills(Request.Need, gap.Item)
                ),
            ];

    private UtilityWish Complete(UtilityWish wish) =>
        wish with
        {
            Need = Request.Need ?? wish.Need,
            Consent = Request.Consent ?? wish.Consent,
        };

    public override string ToString() => nameof(ResendCommand);
}
