using System.Text.Json;
using Integration.Adapters.Ports;
using Integration.Adapters.Tests.Utilities;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Adapters.Tests.Compliance;

/// <summary>What every provider says of a leg, of a visit and of an account.</summary>
public abstract partial class CalledProviderCompliance
{
    [Theory]
    [MemberData(nameof(States))]
    public async Task Each_of_its_codes_means_a_state(LegState state)
    {
        Found(await SendAsync(Legs.Order()));
        var code = JsonNamingPolicy.CamelCase.ConvertName(state.ToString());
        await Adapters.ControlAsync("legs", Told(code));

        var status = Assert.Single(await StatusesAsync());
        Assert.Equal((state, Legs.At), (status.State, status.At));
        Assert.NotEqual(code, status.Code);
    }

    [Fact]
    public async Task A_code_that_nobody_knows_is_kept_as_it_is()
    {
        Found(await SendAsync(Legs.Order()));
        await Adapters.ControlAsync("legs", Told("ZZ9"));

        var status = Assert.Single(await StatusesAsync());
        Assert.Equal(("ZZ9", (LegState?)null), (status.Code, status.State));
    }

    [Fact]
    public async Task A_status_says_why_who_what_is_missing_and_what_it_costs()
    {
        Found(await SendAsync(Legs.Order()));
        await Adapters.ControlAsync(
            "legs",
            new
            {
                utility = agency,
                legId = "LEG-1",
                code = "suspended",
                at = Legs.At,
                detail = "道路开挖，\"暂停\"",
                who = "authority",
                missing = (string[])["applicant.name", "施工图"],
                fees = new[] { new { name = "高可靠性供电费", amount = 12.5m } },
            }
        );

        var status = Assert.Single(await StatusesAsync());
        Assert.Equal(("道路开挖，\"暂停\"", "authority"), (status.Detail, status.Who));
        Assert.Equal(["applicant.name", "施工图"], status.Missing);
        Assert.Equal([new LegFee { Name = "高可靠性供电费", Amount = 12.5m }], status.Fees);
    }

    [Theory]
    [InlineData("duplicateStatus")]
    [InlineData("outOfOrder")]
    public async Task The_same_status_has_the_same_number_however_often_and_in_whatever_order(string fault)
    {
        Found(await SendAsync(Legs.Order()));
        await Adapters.ControlAsync("legs", Told("accepted"));
        await Adapters.ControlAsync("legs", Told("surveyed"));
        var before = await GivenAsync();
        Assert.Equal(2, before.Select(Known).Distinct().Count());
        await Adapters.SwitchAsync(agency, fault);

        var disordered = await GivenAsync();
        Assert.NotEqual(before.Select(Known), disordered.Select(Known));
        Assert.Equal(before.Select(Known).ToHashSet(), disordered.Select(Known).ToHashSet());

        static (string, LegState?) Known(ProviderStatus status) => (status.StatusId, status.State);
    }

    [Fact]
    public async Task A_leg_that_walks_by_itself_gets_to_the_end()
    {
        Found(await SendAsync(Legs.Order()));
        await Adapters.ControlAsync("legs/auto", new { utility = agency });
        for (var step = 1; step <= s_way.Length; step++)
        {
            Assert.Equal(
                s_way[..step].Order(),
                (await StatusesAsync()).Select(status => status.State!.Value).Distinct().Order()
            );
        }

        Assert.Equal(s_way.Length, (await StatusesAsync()).Select(status => status.StatusId).Distinct().Count());
    }

    [Fact]
    public async Task Statuses_of_a_leg_that_it_never_had_are_unknown() =>
        Assert.IsType<AgencyAnswer<IReadOnlyList<ProviderStatus>>.Unknown>(
            await Provider.GetStatusesAsync(Legs.Key("LEG-9-1"), Adapters.Request(), Cancelled)
        );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_comes_to_a_visit_or_not_and_keeps_its_word(bool comes)
    {
        Found(await SendAsync(Legs.Order()));
        await Adapters.ControlAsync("visits", new { utility = agency, confirms = comes });
        Assert.Equal(comes, Found(await OfferAsync(Slot)).IsConfirmed);
        await Adapters.ControlAsync("visits", new { utility = agency, confirms = !comes });
        Assert.Equal(comes, Found(await OfferAsync(Slot)).IsConfirmed);
        Assert.Equal(!comes, Found(await OfferAsync(Slot with { Until = Slot.Until.AddHours(1) })).IsConfirmed);
    }

    [Theory]
    [InlineData("former", true)]
    [InlineData("other", false)]
    public async Task An_account_says_whose_it_is_and_whether_something_is_owed(string holder, bool isFormerHolders)
    {
        foreach (var owes in (bool[])[true, false])
        {
            await Adapters.ControlAsync(
                "accounts",
                new
                {
                    utility = agency,
                    account = "100001",
                    holder,
                    arrears = owes,
                }
            );
            Assert.Equal(new TransferCheck(owes, isFormerHolders), Found(await PreCheckAsync("100001")));
        }
    }

    [Fact]
    public async Task An_account_that_does_not_exist_is_unknown() =>
        Assert.IsType<AgencyAnswer<TransferCheck>.Unknown>(await PreCheckAsync("999999"));
}
