using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.JointApplications;
using Integration.Testing.World;

namespace Integration.Gateway.Tests.JointApplications;

/// <summary>The one form: what is wrong refuses it, all at once; what is missing for one utility is a gap of its leg.</summary>
public sealed class JointFormReaderTests
{
    private static readonly Utility[] s_all = Enum.GetValues<Utility>();

    [Fact]
    public void A_complete_form_has_no_fault_and_no_gap()
    {
        foreach (var request in new[] { JointRequests.New(s_all), Forms.Transfer(s_all) })
        {
            var (form, faults) = Forms.Read(request);
            Assert.Empty(faults);
            Assert.Equal(s_all, form!.Wishes.Select(wish => wish.Utility));
            Assert.All(form.Wishes, wish => Assert.Empty(wish.Gaps));
        }
    }

    [Fact]
    public void Utilities_stand_in_their_order_however_they_were_ticked()
    {
        var (form, _) = Forms.Read(JointRequests.New(Utility.Television, Utility.Water, Utility.Electricity));
        Assert.Equal(
            [Utility.Electricity, Utility.Water, Utility.Television],
            form!.Wishes.Select(wish => wish.Utility)
        );
    }

    [Theory]
    [InlineData(Utility.Electricity, "need.capacityKw")]
    [InlineData(Utility.Water, "need.peakFlow")]
    [InlineData(Utility.Gas, "need.peakFlow")]
    [InlineData(Utility.Network, "need.bandwidthMbit")]
    [InlineData(Utility.Television, "need.outlets")]
    public void Each_utility_has_a_need_of_its_own_and_a_gap_is_no_fault(Utility utility, string gap)
    {
        var request = JointRequests.New(utility) with { Utilities = [new UtilityWish { Utility = utility }] };
        var (form, faults) = Forms.Read(request);
        Assert.Empty(faults);
        Assert.Equal(["consent", gap], Assert.Single(form!.Wishes).Gaps.Select(entry => entry.Item));
    }

    [Fact]
    public void A_transfer_needs_the_account_and_not_what_is_needed_anew()
    {
        var request = Forms.Transfer(Utility.Water, Utility.Gas);
        var (form, faults) = Forms.Read(
            request with
            {
                Utilities = [.. request.Utilities!.Select(wish => wish with { Need = null })],
                Former = request.Former! with { Accounts = [request.Former.Accounts![0]] },
            }
        );
        Assert.Empty(faults);
        Assert.Empty(form!.Wishes[0].Gaps);
        Assert.Equal(["account"], form.Wishes[1].Gaps.Select(gap => gap.Item));
    }

    [Fact]
    public void A_utility_without_limits_in_force_is_a_fault_and_no_failure()
    {
        var clocks = Forms.Policy.JointClocks;
        var policy = Forms.Policy with
        {
            JointClocks = clocks with { Limits = [.. clocks.Limits.Where(line => line.Utility != Utility.Gas)] },
        };
        var request = JointRequests.New(Utility.Water, Utility.Gas);

        Assert.Equal(["/utilities/1/utility not-offered"], Forms.Read(request, policy).Faults);
        Assert.Empty(Forms.Read(request).Faults);
        Assert.Empty(Forms.Read(JointRequests.New(Utility.Water), policy).Faults);
        var sixth = request with { Utilities = [request.Utilities![0] with { Utility = (Utility)5 }] };
        Assert.Equal(["/utilities/0/utility not-offered"], Forms.Read(sixth).Faults);
    }

    [Fact]
    public void A_gap_of_one_utility_is_no_gap_of_another()
    {
        var request = JointRequests.New(Utility.Water, Utility.Network);
        var (form, _) = Forms.Read(
            request with
            {
                Utilities = [request.Utilities![0] with { Consent = null }, request.Utilities[1]],
            }
        );
        Assert.Equal(["consent"], form!.Wishes[0].Gaps.Select(gap => gap.Item));
        Assert.Empty(form.Wishes[1].Gaps);
        Assert.Null(form.Wishes[0].Consent);
        Assert.Equal("CONSENT-Network", form.Wishes[1].Consent);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var (form, faults) = Forms.Read(
            new JointApplicationRequest
            {
                CaseId = "no blanks allowed",
                Purpose = "joint.transfer",
                Basis = HallRequests.Consent,
                Kind = JointKind.New,
                Applicant = new ApplicantInput(),
                Former = new FormerHolderInput
                {
                    Accounts =
                    [
                        new AccountInput { Utility = Utility.Water, Account = "不行" },
                        new AccountInput { Account = "1" },
                    ],
                },
                Utilities =
                [
                    new UtilityWish
                    {
                        Utility = Utility.Water,
                        Need = new UtilityNeed { PeakFlow = 0, CapacityKw = 1 },
                    },
                    new UtilityWish { Utility = Utility.Water },
                    new UtilityWish(),
                    new UtilityWish
                    {
                        Utility = Utility.Television,
                        Need = new UtilityNeed { Outlets = 1001, Use = string.Empty },
                    },
                ],
            }
        );
        Assert.Null(form);
        foreach (
            var expected in new[]
            {
                "/caseId pattern",
                "/purpose not-for-service",
                "/applicant missing",
                "/premises missing",
                "/former unexpected",
                "/former/accounts/0/account pattern",
                "/former/accounts/1/utility missing",
                "/utilities/0/need/peakFlow number-range",
                "/utilities/0/need/capacityKw unexpected",
                "/utilities/1 duplicate",
                "/utilities/2/utility missing",
                "/utilities/3/need/outlets number-range",
                "/utilities/3/need/use length",
            }
        )
        {
            Assert.Contains(expected, faults);
        }
    }

    [Theory]
    [InlineData("no kind", "/kind missing")]
    [InlineData("no utility", "/utilities missing")]
    [InlineData("no former holder", "/former/holder missing")]
    [InlineData("two accounts of one utility", "/former/accounts/1 duplicate")]
    [InlineData("six accounts", "/former/accounts length")]
    [InlineData("consent of tomorrow", "/utilities/0/consent/grantedAt in-the-future")]
    public void Each_fault_alone(string what, string fault)
    {
        var transfer = Forms.Transfer(Utility.Water);
        var account = transfer.Former!.Accounts![0];
        var request = what switch
        {
            "no kind" => transfer with { Kind = null },
            "no utility" => transfer with { Utilities = [] },
            "no former holder" => transfer with { Former = transfer.Former with { Holder = null } },
            "two accounts of one utility" => transfer with
            {
                Former = transfer.Former with { Accounts = [account, account] },
            },
            "six accounts" => transfer with
            {
                Former = transfer.Former with { Accounts = [.. Enumerable.Repeat(account, 6)] },
            },
            _ => transfer with
            {
                Utilities =
                [
                    transfer.Utilities![0] with
                    {
                        Consent = new ConsentInput { Reference = "C", GrantedAt = SomeLegs.Now.AddDays(1) },
                    },
                ],
            },
        };
        var (form, faults) = Forms.Read(request);
        Assert.Null(form);
        Assert.Equal([fault], faults);
    }
}
