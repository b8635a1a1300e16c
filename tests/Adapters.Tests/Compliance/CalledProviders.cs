using Integration.Adapters.Ports;
using Integration.Adapters.Tests.Utilities;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Adapters.Tests.Compliance;

/// <summary>The water company keeps to what every provider does, and adds nothing.</summary>
public class WaterCompliance() : CalledProviderCompliance("water");

public class GasCompliance() : CalledProviderCompliance("gas")
{
    [Fact]
    public async Task Its_steps_come_without_numbers_twice_and_the_latest_first()
    {
        Found(await SendAsync(Legs.Order()));
        await Adapters.ControlAsync("legs", Told("accepted"));
        await Adapters.ControlAsync("legs", Told("surveyed"));

        Assert.Equal(
            [LegState.Surveyed, LegState.Surveyed, LegState.Accepted, LegState.Accepted],
            (await GivenAsync()).Select(status => status.State!.Value)
        );
    }

    [Fact]
    public void It_is_given_more_time_and_asked_more_rarely_than_others() =>
        Assert.Equal(
            (TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(7)),
            (Provider.Habits.PollEvery, new Integration.Adapters.Utilities.Gas.GasOptions().Limits.AttemptTime)
        );
}

public class TelevisionCompliance() : CalledProviderCompliance("television")
{
    [Fact]
    public async Task A_better_order_may_come_under_the_name_of_one_that_was_turned_down()
    {
        Assert.NotEmpty(Found(await SendAsync(Legs.Order().Without("applicant.name"))).Missing);
        Assert.Empty(Found(await SendAsync(Legs.Order())).Missing);
        Assert.Single(await Adapters.HeldAsync("television"));
    }
}

public class ElectricityCompliance() : CalledProviderCompliance("electricity")
{
    [Fact]
    public async Task Attachments_follow_one_by_one_and_each_under_a_key_of_its_own()
    {
        Found(await SendAsync(Legs.Order()));

        Assert.Equal(
            [
                "LEG-1-1",
                "LEG-1-1:clear",
                "LEG-1-1:attachment:proof-businessLicence",
                "LEG-1-1:attachment:proof-propertyTitle",
                "LEG-1-1:attachment:paper-aaaaaaaaaaaaaaaa",
            ],
            await Adapters.EffectiveAsync("electricity")
        );
        Assert.Equal(["order", "clear", "attach", "attach", "attach"], (await Adapters.CallsAsync("electricity"))[1..]);
    }

    [Theory]
    [InlineData("clear", "answerLost")]
    [InlineData("clear", "http500")]
    [InlineData("attach", "answerLost")]
    [InlineData("attach", "http500")]
    public async Task A_sending_that_broke_off_is_incomplete_and_is_completed_by_sending_it_again(
        string operation,
        string fault
    )
    {
        await Adapters.SwitchAsync(
            "electricity",
            fault,
            seconds: fault == "answerLost" ? 0.05 : null,
            count: 1,
            operation: operation
        );
        Assert.IsType<AgencyAnswer<LegReceipt>.Unanswered>(await SendAsync(Legs.Order()));
        Assert.False(Found(await Provider.FindAsync(Legs.Key(), Adapters.Request(), Cancelled)).IsComplete);

        Assert.True(Found(await SendAsync(Legs.Order())).IsComplete);
        Assert.Distinct(await Adapters.EffectiveAsync("electricity"));
        var held = Assert.Single(await Adapters.HeldAsync("electricity"));
        Assert.Equal((2, 1), (Texts(held, "proofs").Length, Texts(held, "papers").Length));
    }

    [Fact]
    public async Task It_speaks_both_dialects()
    {
        await using var irs = await AdaptersOnSandbox.StartAsync(TimeProvider.System, AdaptersOnSandbox.Irs);
        var answer = await irs.Provider("electricity").SendAsync(Legs.Order(), irs.Request(), Cancelled);
        Assert.True(Found(answer).IsComplete);
    }

    [Fact]
    public async Task Sending_again_under_a_new_key_takes_away_what_the_former_one_attached()
    {
        Found(await SendAsync(Legs.Order()));
        Found(await SendAsync(Legs.Order("LEG-1-2") with { Proofs = [], Papers = [] }));

        var held = await Adapters.HeldAsync("electricity");
        Assert.Equal(
            [("LEG-1-1", 0), ("LEG-1-2", 0)],
            held.Select(leg => (Text(leg, "key"), Texts(leg, "proofs").Length + Texts(leg, "papers").Length))
        );
        Assert.Contains("LEG-1-2:clear", await Adapters.EffectiveAsync("electricity"));
    }
}
