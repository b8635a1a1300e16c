using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>What the applicant brings for one leg, without a fault.</summary>
internal sealed record ResendCommand(LegResendRequest Request, IReadOnlyList<LegPaper> Papers)
{
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
