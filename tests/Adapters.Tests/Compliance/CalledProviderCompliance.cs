using System.Text.Json;
using Integration.Adapters.Ports;
using Integration.Adapters.Tests.Utilities;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Adapters.Tests.Compliance;

/// <summary>What every provider that we call does, whatever it speaks.</summary>
public abstract class CalledProviderCompliance(string agency) : IAsyncLifetime
{
    private static readonly LegState[] s_way =
    [
        LegState.Accepted,
        LegState.SurveyScheduled,
        LegState.Surveyed,
        LegState.PlanAnswered,
        LegState.Construction,
        LegState.Inspected,
        LegState.Connected,
        LegState.Closed,
    ];

    private protected AdaptersOnSandbox Adapters { get; private set; } = null!;

    private protected ICalledProvider Provider => Adapters.Provider(agency);

    public static TheoryData<LegState> States => [.. Enum.GetValues<LegState>()];

    public async ValueTask InitializeAsync() => Adapters = await AdaptersOnSandbox.Start();

    public async ValueTask DisposeAsync()
    {
        await Adapters.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_order_arrives_with_what_it_names_and_gets_a_number()
    {
        var receipt = Found(await Send(Legs.Order()));

        Assert.True(receipt is { IsComplete: true, IsWithdrawn: false, Missing: [] });
        var held = Assert.Single(await Adapters.Held(agency));
        Assert.Equal(("LEG-1-1", "LEG-1"), (Text(held, "key"), Text(held, "legId")));
        Assert.Equal(receipt.Reference, receipt.Reference is null ? null : Text(held, "reference"));
        Assert.Equal(Legs.Order().Fields.Keys.Order(StringComparer.Ordinal), Texts(held, "fields"));
        Assert.Equal((2, 1), (Texts(held, "proofs").Length, Texts(held, "papers").Length));
    }

    [Fact]
    public async Task A_transfer_names_the_account_and_who_had_it()
    {
        Found(await Send(Legs.Transfer()));
        Assert.Equal(
            ["account", "applicant.code", "applicant.name", "former.holder"],
            Texts(Assert.Single(await Adapters.Held(agency)), "fields")
        );
    }

    [Theory]
    [InlineData("applicant.name")]
    [InlineData("premises.address")]
    public async Task An_order_that_lacks_something_is_not_taken_and_says_what_in_the_forms_words(string field)
    {
        Assert.Equal([field], Found(await Send(Legs.Order().Without(field))).Missing);
        Assert.Empty(await Adapters.Held(agency));
        Assert.Empty(await Adapters.Effective(agency));
    }

    [Fact]
    public async Task The_same_key_is_effective_once()
    {
        var first = Found(await Send(Legs.Order()));
        var effective = await Adapters.Effective(agency);
        var second = Found(await Send(Legs.Order()));

        Assert.Equal((first.Reference, true), (second.Reference, second.IsComplete));
        Assert.Equal(effective, await Adapters.Effective(agency));
        Assert.Distinct(effective);
        Assert.Contains("LEG-1-1", effective);
        Assert.Single(await Adapters.Held(agency));
    }

    [Fact]
    public async Task The_same_key_for_something_else_is_refused_and_changes_nothing()
    {
        Found(await Send(Legs.Order()));
        var answer = await Send(Legs.Order() with { Consent = "CONSENT-2" });

        Assert.IsType<AgencyAnswer<LegReceipt>.Unanswered>(answer);
        Assert.Single(await Adapters.Held(agency));
    }

    [Fact]
    public async Task An_order_whose_answer_was_lost_has_arrived_and_is_found()
    {
        await Ready();
        await Adapters.Switch(agency, "answerLost", seconds: 0.05, count: 1);
        Assert.IsType<AgencyAnswer<LegReceipt>.Unanswered>(await Send(Legs.Order()));

        var found = Found(await Provider.Find(Legs.Key(), Adapters.Request(), Cancelled));
        Assert.False(found.IsWithdrawn);
        Assert.True(Found(await Send(Legs.Order())).IsComplete);
        Assert.Distinct(await Adapters.Effective(agency));
        Assert.Single(await Adapters.Held(agency));
    }

    [Fact]
    public async Task An_order_that_never_left_is_not_found()
    {
        await Ready();
        await Adapters.Switch(agency, "http500", count: 1);
        Assert.IsType<AgencyAnswer<LegReceipt>.Unanswered>(await Send(Legs.Order()));

        Assert.IsType<AgencyAnswer<LegReceipt>.Unknown>(await Provider.Find(Legs.Key(), Adapters.Request(), Cancelled));
        Assert.Empty(await Adapters.Held(agency));
    }

    [Fact]
    public async Task What_changes_something_is_never_sent_again_by_itself()
    {
        await Ready();
        await Adapters.Switch(agency, "http500", count: 1);
        Assert.Equal(1, (await Send(Legs.Order())).Trace.Attempts);
        await Adapters.Switch(agency, "http500", count: 1);
        Assert.Equal(1, (await Withdraw()).Trace.Attempts);
        await Adapters.Switch(agency, "http500", count: 1);
        Assert.Equal(1, (await Offer(Slot)).Trace.Attempts);
    }

    [Fact]
    public async Task A_leg_is_taken_back_once()
    {
        Found(await Send(Legs.Order()));
        Assert.True(Found(await Withdraw()).IsWithdrawn);
        var effective = await Adapters.Effective(agency);
        Assert.True(Found(await Withdraw()).IsWithdrawn);

        Assert.Equal(effective, await Adapters.Effective(agency));
        Assert.True(Found(await Provider.Find(Legs.Key(), Adapters.Request(), Cancelled)).IsWithdrawn);
        Assert.True(Assert.Single(await Adapters.Held(agency)).GetProperty("withdrawn").GetBoolean());
    }

    [Fact]
    public async Task An_order_that_comes_after_it_was_taken_back_is_not_taken()
    {
        Assert.IsType<AgencyAnswer<LegReceipt>.Unknown>(await Withdraw());
        Assert.True(Found(await Send(Legs.Order())).IsWithdrawn);
        Assert.Empty(await Adapters.Held(agency));
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task Each_of_its_codes_means_a_state(LegState state)
    {
        Found(await Send(Legs.Order()));
        var code = JsonNamingPolicy.CamelCase.ConvertName(state.ToString());
        await Adapters.Control("legs", Told(code));

        var status = Assert.Single(await Statuses());
        Assert.Equal((state, Legs.At), (status.State, status.At));
        Assert.NotEqual(code, status.Code);
    }

    [Fact]
    public async Task A_code_that_nobody_knows_is_kept_as_it_is()
    {
        Found(await Send(Legs.Order()));
        await Adapters.Control("legs", Told("ZZ9"));

        var status = Assert.Single(await Statuses());
        Assert.Equal(("ZZ9", (LegState?)null), (status.Code, status.State));
    }

    [Fact]
    public async Task A_status_says_why_who_what_is_missing_and_what_it_costs()
    {
        Found(await Send(Legs.Order()));
        await Adapters.Control(
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

        var status = Assert.Single(await Statuses());
        Assert.Equal(("道路开挖，\"暂停\"", "authority"), (status.Detail, status.Who));
        Assert.Equal(["applicant.name", "施工图"], status.Missing);
        Assert.Equal([new LegFee { Name = "高可靠性供电费", Amount = 12.5m }], status.Fees);
    }

    [Theory]
    [InlineData("duplicateStatus")]
    [InlineData("outOfOrder")]
    public async Task The_same_status_has_the_same_number_however_often_and_in_whatever_order(string fault)
    {
        Found(await Send(Legs.Order()));
        await Adapters.Control("legs", Told("accepted"));
        await Adapters.Control("legs", Told("surveyed"));
        var before = await Given();
        Assert.Equal(2, before.Select(Known).Distinct().Count());
        await Adapters.Switch(agency, fault);

        var disordered = await Given();
        Assert.NotEqual(before.Select(Known), disordered.Select(Known));
        Assert.Equal(before.Select(Known).ToHashSet(), disordered.Select(Known).ToHashSet());

        static (string, LegState?) Known(ProviderStatus status) => (status.StatusId, status.State);
    }

    [Fact]
    public async Task A_leg_that_walks_by_itself_gets_to_the_end()
    {
        Found(await Send(Legs.Order()));
        await Adapters.Control("legs/auto", new { utility = agency });
        for (var step = 1; step <= s_way.Length; step++)
        {
            Assert.Equal(
                s_way[..step].Order(),
                (await Statuses()).Select(status => status.State!.Value).Distinct().Order()
            );
        }

        Assert.Equal(s_way.Length, (await Statuses()).Select(status => status.StatusId).Distinct().Count());
    }

    [Fact]
    public async Task Statuses_of_a_leg_that_it_never_had_are_unknown() =>
        Assert.IsType<AgencyAnswer<IReadOnlyList<ProviderStatus>>.Unknown>(
            await Provider.Statuses(Legs.Key("LEG-9-1"), Adapters.Request(), Cancelled)
        );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_comes_to_a_visit_or_not_and_keeps_its_word(bool comes)
    {
        Found(await Send(Legs.Order()));
        await Adapters.Control("visits", new { utility = agency, confirms = comes });
        Assert.Equal(comes, Found(await Offer(Slot)).IsConfirmed);
        await Adapters.Control("visits", new { utility = agency, confirms = !comes });
        Assert.Equal(comes, Found(await Offer(Slot)).IsConfirmed);
        Assert.Equal(!comes, Found(await Offer(Slot with { Until = Slot.Until.AddHours(1) })).IsConfirmed);
    }

    [Theory]
    [InlineData("former", true)]
    [InlineData("other", false)]
    public async Task An_account_says_whose_it_is_and_whether_something_is_owed(string holder, bool isFormerHolders)
    {
        foreach (var owes in (bool[])[true, false])
        {
            await Adapters.Control(
                "accounts",
                new
                {
                    utility = agency,
                    account = "100001",
                    holder,
                    arrears = owes,
                }
            );
            Assert.Equal(new TransferCheck(owes, isFormerHolders), Found(await PreCheck("100001")));
        }
    }

    [Fact]
    public async Task An_account_that_does_not_exist_is_unknown() =>
        Assert.IsType<AgencyAnswer<TransferCheck>.Unknown>(await PreCheck("999999"));

    [Fact]
    public async Task An_order_never_shows_what_it_says()
    {
        var text = Legs.Order() + (await Send(Legs.Order())).ToString();
        Assert.DoesNotContain("示例商贸", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Tests.Known.CompanyText, text, StringComparison.Ordinal);
    }

    private protected static readonly VisitSlot Slot = new(Legs.At.AddDays(1), Legs.At.AddDays(1).AddHours(2));

    private protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected Task<AgencyAnswer<LegReceipt>> Send(LegOrder order) =>
        Provider.Send(order, Adapters.Request(), Cancelled);

    private protected Task<AgencyAnswer<LegReceipt>> Withdraw() =>
        Provider.Withdraw(Legs.Key(), Adapters.Request(), Cancelled);

    private protected Task<AgencyAnswer<VisitReply>> Offer(VisitSlot slot) =>
        Provider.Offer(Legs.Key(), slot, Adapters.Request(), Cancelled);

    private protected Task<AgencyAnswer<TransferCheck>> PreCheck(string account) =>
        Provider.PreCheck(new TransferQuestion(account, "张三"), Adapters.Request(), Cancelled);

    /// <summary>Each status once: some give them several times.</summary>
    private protected async Task<IReadOnlyList<ProviderStatus>> Statuses() =>
        [.. (await Given()).DistinctBy(status => status.StatusId, StringComparer.Ordinal)];

    /// <summary>The statuses as they come.</summary>
    private protected async Task<IReadOnlyList<ProviderStatus>> Given() =>
        Found(await Provider.Statuses(Legs.Key(), Adapters.Request(), Cancelled));

    private protected object Told(string code) =>
        new
        {
            utility = agency,
            legId = "LEG-1",
            code,
            at = Legs.At,
        };

    private protected static T Found<T>(AgencyAnswer<T> answer) => Assert.IsType<AgencyAnswer<T>.Found>(answer).Facts;

    private protected static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private protected static string[] Texts(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];

    /// <summary>Holds the provider's key, where it has one, so that a fault hits what is asked.</summary>
    private Task Ready() => PreCheck("999999");
}

public class WaterCompliance() : CalledProviderCompliance("water");

public class GasCompliance() : CalledProviderCompliance("gas")
{
    [Fact]
    public async Task Its_steps_come_without_numbers_twice_and_the_latest_first()
    {
        Found(await Send(Legs.Order()));
        await Adapters.Control("legs", Told("accepted"));
        await Adapters.Control("legs", Told("surveyed"));

        Assert.Equal(
            [LegState.Surveyed, LegState.Surveyed, LegState.Accepted, LegState.Accepted],
            (await Given()).Select(status => status.State!.Value)
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
        Assert.NotEmpty(Found(await Send(Legs.Order().Without("applicant.name"))).Missing);
        Assert.Empty(Found(await Send(Legs.Order())).Missing);
        Assert.Single(await Adapters.Held("television"));
    }
}

public class ElectricityCompliance() : CalledProviderCompliance("electricity")
{
    [Fact]
    public async Task Attachments_follow_one_by_one_and_each_under_a_key_of_its_own()
    {
        Found(await Send(Legs.Order()));

        Assert.Equal(
            [
                "LEG-1-1",
                "LEG-1-1:clear",
                "LEG-1-1:attachment:proof-businessLicence",
                "LEG-1-1:attachment:proof-propertyTitle",
                "LEG-1-1:attachment:paper-aaaaaaaaaaaaaaaa",
            ],
            await Adapters.Effective("electricity")
        );
        Assert.Equal(["order", "clear", "attach", "attach", "attach"], (await Adapters.Calls("electricity"))[1..]);
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
        await Adapters.Switch(
            "electricity",
            fault,
            seconds: fault == "answerLost" ? 0.05 : null,
            count: 1,
            operation: operation
        );
        Assert.IsType<AgencyAnswer<LegReceipt>.Unanswered>(await Send(Legs.Order()));
        Assert.False(Found(await Provider.Find(Legs.Key(), Adapters.Request(), Cancelled)).IsComplete);

        Assert.True(Found(await Send(Legs.Order())).IsComplete);
        Assert.Distinct(await Adapters.Effective("electricity"));
        var held = Assert.Single(await Adapters.Held("electricity"));
        Assert.Equal((2, 1), (Texts(held, "proofs").Length, Texts(held, "papers").Length));
    }

    [Fact]
    public async Task It_speaks_both_dialects()
    {
        await using var irs = await AdaptersOnSandbox.Start(TimeProvider.System, AdaptersOnSandbox.Irs);
        var answer = await irs.Provider("electricity").Send(Legs.Order(), irs.Request(), Cancelled);
        Assert.True(Found(answer).IsComplete);
    }

    [Fact]
    public async Task Sending_again_under_a_new_key_takes_away_what_the_former_one_attached()
    {
        Found(await Send(Legs.Order()));
        Found(await Send(Legs.Order("LEG-1-2") with { Proofs = [], Papers = [] }));

        var held = await Adapters.Held("electricity");
        Assert.Equal(
            [("LEG-1-1", 0), ("LEG-1-2", 0)],
            held.Select(leg => (Text(leg, "key"), Texts(leg, "proofs").Length + Texts(leg, "papers").Length))
        );
        Assert.Contains("LEG-1-2:clear", await Adapters.Effective("electricity"));
    }
}
